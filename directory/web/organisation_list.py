"""The list of organisations: by kind, by status, by first letter, by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.db.models import Count, QuerySet
from django.db.models.functions import Left, Upper

from directory import folding
from directory.models import Organisation
from directory.visibility import Viewer
from directory.web.organisation_page import Kin, kin_of, read_people_counts

#: Organisations on one page.
PER_PAGE: Final = 100
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class OrganisationListForm(forms.Form):
    """The filters of the list, from its address."""

    kind = forms.CharField(required=False, max_length=80)
    status = forms.ChoiceField(
        required=False, choices=[("", "Live"), ("closed", "Closed"), ("all", "Live and closed")]
    )
    letter = forms.ChoiceField(required=False, choices=[(letter, letter) for letter in LETTERS])
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of organisation, and how many there are."""

    kind: str
    organisations: int


@dataclass(frozen=True, slots=True)
class Initial:
    """The organisations whose names begin with one letter."""

    letter: str
    organisations: tuple[Kin, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the alphabet, and whether any organisation begins with it."""

    letter: str
    occurs: bool


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """
    One page of the list.

    kinds: every kind there is, with the numbers for the status chosen.
    alphabet: every letter, and whether it occurs among those chosen.
    next_page: its number, None on the last page.
    """

    groups: tuple[Initial, ...]
    total: int
    kinds: tuple[KindCount, ...]
    alphabet: tuple[Letter, ...]
    next_page: int | None


def read_organisation_list(
    *, viewer: Viewer, kind: str = "", status: str = "", letter: str = "", page: int = 1
) -> OrganisationList:
    """
    Organisations in alphabetical order; five queries.

    status: "" for live ones, "closed", or "all".
    """
    bodies = _of_status(status)
    kinds = read_kinds(status=status)
    if kind:
        bodies = bodies.filter(kind=kind)
    initials = frozenset(
        bodies.annotate(initial=Upper(Left("name", 1))).values_list("initial", flat=True)
    )
    if letter:
        bodies = bodies.filter(name__istartswith=letter)
    first = (page - 1) * PER_PAGE
    total = bodies.count()
    shown = list(bodies.order_by("name", "id")[first : first + PER_PAGE])
    people = read_people_counts(viewer=viewer, organisation_ids={body.pk for body in shown})
    return OrganisationList(
        groups=_by_initial(kin_of(bodies=shown, people=people)),
        total=total,
        kinds=kinds,
        alphabet=tuple(Letter(letter, letter in initials) for letter in LETTERS),
        next_page=page + 1 if first + len(shown) < total else None,
    )


def read_kinds(*, status: str = "") -> tuple[KindCount, ...]:
    """Every kind of organisation with how many there are, the most first; one query."""
    counted = _of_status(status).exclude(kind="").values("kind").annotate(number=Count("pk"))
    return tuple(
        KindCount(kind=row["kind"], organisations=row["number"])
        for row in counted.order_by("-number", "kind")
    )


def _of_status(status: str) -> QuerySet[Organisation]:
    if status == "all":
        return Organisation.objects.all()
    return Organisation.objects.filter(status=status or Organisation.Status.LIVE)


def _by_initial(kin: Sequence[Kin]) -> tuple[Initial, ...]:
    groups: dict[str, list[Kin]] = {}
    for one in kin:
        first = folding.fold(one.place.label[:1]).upper()
        groups.setdefault(first if first in LETTERS else "#", []).append(one)
    return tuple(Initial(letter, tuple(bodies)) for letter, bodies in groups.items())
