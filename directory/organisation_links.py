"""Which body stands under which, and which became which: the links between organisations."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from uuid import UUID

from directory.govuk_organisations import Body
from directory.models import Organisation, OrganisationParent, OrganisationSuccession

#: A link between two bodies: (child, parent) or (predecessor, successor).
Link = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class UnknownBody:
    """A body names another that neither the document nor the directory knows."""

    slug: str
    field: str
    external_id: str


@dataclass(frozen=True, slots=True)
class LinkReport:
    """
    What became of the links that a document states.

    loops: slugs of bodies that stand below themselves, each one under the next. Which of
        the links is wrong nobody here can tell, so all of a loop's are left out.
    """

    added: int
    removed: int
    unknown: tuple[UnknownBody, ...]
    loops: tuple[tuple[str, ...], ...]


def save_links(*, bodies: Sequence[Body], known: Mapping[str, Organisation]) -> LinkReport:
    """
    Make the parents and successors of these bodies those of the document.

    A parent or successor without an external id was named by a curator, and stays.

    known: external id to row, for every body that is loaded or was before.
    """
    slugs = {row.pk: row.slug for row in known.values()}
    loaded = {known[body.external_id].pk for body in bodies}
    parents, unknown_parents = _stated(bodies, "parents", known)
    successors, unknown_successors = _stated(bodies, "successors", known)
    standing = OrganisationParent.objects.exclude(child__in=loaded).values_list("child", "parent")
    loops = [
        loop
        for loop in _loops(parents | {(child, parent) for child, parent in standing}, slugs)
        if parents & set(_links_of(loop))
    ]
    loops += [(body,) for body, itself in sorted(successors, key=str) if body == itself]
    for loop in loops:
        parents -= set(_links_of(loop))
        successors -= {(body, body) for body in loop}
    counts = [
        _save(OrganisationParent, "child", "parent", loaded, parents),
        _save(OrganisationSuccession, "predecessor", "successor", loaded, successors),
    ]
    return LinkReport(
        added=sum(added for added, _ in counts),
        removed=sum(removed for _, removed in counts),
        unknown=(*unknown_parents, *unknown_successors),
        loops=tuple(tuple(slugs[body] for body in loop) for loop in loops),
    )


def _stated(
    bodies: Sequence[Body], field: str, known: Mapping[str, Organisation]
) -> tuple[set[Link], list[UnknownBody]]:
    """The links that the bodies state in `field`, and those that lead nowhere."""
    links, unknown = set(), []
    for body in bodies:
        for external_id in getattr(body, field):
            if other := known.get(external_id):
                links.add((known[body.external_id].pk, other.pk))
            else:
                unknown.append(UnknownBody(body.slug, field, external_id))
    return links, unknown


def _loops(links: set[Link], slugs: Mapping[UUID, str]) -> list[tuple[UUID, ...]]:
    """Loops whose links, taken out one loop after the other, leave none; each bottom first."""
    left = sorted(links, key=lambda link: [slugs.get(body, str(body)) for body in link])
    loops = []
    while True:
        sorter: TopologicalSorter[UUID] = TopologicalSorter()
        for child, parent in left:
            sorter.add(child, parent)
        try:
            sorter.prepare()
        except CycleError as error:
            # Parents come first there, and the first body again at the end.
            loop = tuple(reversed(error.args[1][1:]))
            loops.append(loop)
            left = [link for link in left if link not in set(_links_of(loop))]
        else:
            return loops


def _links_of(loop: Sequence[UUID]) -> Sequence[Link]:
    return list(pairwise([*loop, loop[0]]))


def _save(
    model: type[OrganisationParent] | type[OrganisationSuccession],
    one: str,
    other: str,
    loaded: Collection[UUID],
    wanted: set[Link],
) -> tuple[int, int]:
    """Links added and removed."""
    rows = (
        model._default_manager.filter(**{f"{one}__in": loaded})
        .exclude(**{f"{other}__external_id": ""})
        .values_list("pk", one, other)
    )
    standing = {(first, second): pk for pk, first, second in rows}
    gone = [pk for link, pk in standing.items() if link not in wanted]
    model._default_manager.filter(pk__in=gone).delete()
    added = [
        model(**{f"{one}_id": first, f"{other}_id": second})
        for first, second in sorted(wanted - standing.keys())
    ]
    model._default_manager.bulk_create(added)  # type: ignore[arg-type]
    return len(added), len(gone)
