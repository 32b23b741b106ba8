"""What an organisation's page shows: its kin, what became of it, its teams, its feeds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max

from directory import orgtree, visibility
from directory.models import Appointment, FeedRun, Organisation, Team
from directory.visibility import Viewer
from directory.web.places import Place, organisation_place, organisation_url, team_url
from directory.web.provenance import feed_name
from directory.web.reporting import fte_words
from directory.web.team_page import SubTeam


class OrganisationNotFound(Exception):
    """No organisation has this slug."""


class OrganisationElsewhere(Exception):
    """The slug is written in other letters; `url` is how."""

    def __init__(self, *, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class Kin:
    """Another organisation, related to this one."""

    place: Place
    acronym: str
    kind: str
    is_closed: bool
    people: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    What a feed delivered last and was applied.

    as_of: the newest day its deliveries describe.
    """

    feed: str
    as_of: date
    delivered_at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation as the viewer sees it."""

    slug: str
    name: str
    acronym: str
    kind: str
    homepage: str
    is_closed: bool
    published_status: str
    closed_at: datetime | None
    people: int
    parents: tuple[Kin, ...]
    children: tuple[Kin, ...]
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]
    teams: tuple[SubTeam, ...]
    vacancies: int
    unnamed_fte: str
    deliveries: tuple[Delivery, ...]


def read_organisation_page(*, viewer: Viewer, slug: str) -> OrganisationPage:
    """
    The page of one organisation, in twelve queries at most.

    :raises OrganisationNotFound: if there is none of this slug.
    :raises OrganisationElsewhere: if its slug has other letters in upper or lower case.
    """
    organisation = Organisation.objects.filter(slug__iexact=slug).first()
    if organisation is None:
        raise OrganisationNotFound
    if organisation.slug != slug:
        raise OrganisationElsewhere(url=organisation_url(organisation.slug))
    parents = list(organisation.parents.order_by("-status", "name"))
    children = list(organisation.children.order_by("-status", "name"))
    predecessors = list(organisation.predecessors.order_by("-status", "name"))
    successors = list(organisation.successors.order_by("-status", "name"))
    kin = [organisation, *parents, *children, *predecessors, *successors]
    people = read_people_counts(viewer=viewer, organisation_ids={body.pk for body in kin})
    top = list(Team.objects.filter(organisation=organisation, parent=None, status="live"))
    counts = orgtree.counts_by_team(organisation=organisation, viewer=viewer)
    unnamed_fte = sum((counts[team.pk].unnamed_fte for team in top), Decimal())
    return OrganisationPage(
        slug=organisation.slug,
        name=organisation.name,
        acronym=organisation.acronym,
        kind=organisation.kind,
        homepage=organisation.homepage,
        is_closed=organisation.status == Organisation.Status.CLOSED,
        published_status=organisation.published_status,
        closed_at=organisation.closed_at,
        people=people.get(organisation.pk, 0),
        parents=kin_of(bodies=parents, people=people),
        children=kin_of(bodies=children, people=people),
        predecessors=kin_of(bodies=predecessors, people=people),
        successors=kin_of(bodies=successors, people=people),
        teams=_top_teams(organisation, top, counts),
        vacancies=sum(counts[team.pk].vacancies for team in top),
        unnamed_fte=fte_words(unnamed_fte or None),
        deliveries=_deliveries(organisation),
    )


def read_people_counts(*, viewer: Viewer, organisation_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """How many people the viewer may see in these bodies, each counted once in each; one query."""
    held = Appointment.objects.filter(
        ends_on=None,
        post__team__organisation__in=organisation_ids,
        person__in=visibility.visible_people(viewer=viewer),
    )
    counted = held.values("post__team__organisation").annotate(
        people=Count("person", distinct=True)
    )
    return dict(counted.values_list("post__team__organisation", "people"))


def kin_of(*, bodies: Sequence[Organisation], people: Mapping[UUID, int]) -> tuple[Kin, ...]:
    """Organisations as others show them, in their order."""
    return tuple(
        Kin(
            place=organisation_place(body),
            acronym=body.acronym,
            kind=body.kind,
            is_closed=body.status == Organisation.Status.CLOSED,
            people=people.get(body.pk, 0),
        )
        for body in bodies
    )


def _top_teams(
    organisation: Organisation, teams: Sequence[Team], counts: Mapping[UUID, orgtree.Count]
) -> tuple[SubTeam, ...]:
    return tuple(
        SubTeam(
            place=Place(label=team.name, url=team_url(f"{organisation.slug}/{team.slug}")),
            people=counts[team.pk].total,
        )
        for team in teams
    )


def _deliveries(organisation: Organisation) -> tuple[Delivery, ...]:
    """The newest applied delivery of each feed."""
    applied = FeedRun.objects.filter(
        feed__organisation=organisation, state=FeedRun.State.APPLIED, dry_run=False
    )
    newest = applied.values("feed__slug", "feed__connector").annotate(
        newest_as_of=Max("as_of"), newest_at=Max("received_at")
    )
    return tuple(
        Delivery(
            feed=feed_name(organisation=organisation.name, connector=run["feed__connector"]),
            as_of=run["newest_as_of"],
            delivered_at=run["newest_at"],
        )
        for run in newest.order_by("feed__slug")
    )
