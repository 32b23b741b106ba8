"""What the first page shows below its search box: ways to browse."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef

from directory.models import Organisation, Team
from directory.web.organisation_list import KindCount, read_kinds
from directory.web.places import Place, organisation_place

#: Most organisations linked from the first page; the list has all of them.
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    Ways to browse.

    staffed: organisations whose teams the directory knows.
    """

    kinds: tuple[KindCount, ...]
    staffed: tuple[Place, ...]
    organisations: int


def read_home_page() -> HomePage:
    """The same for every viewer; two queries."""
    kinds = read_kinds()
    staffed = Organisation.objects.filter(
        Exists(Team.objects.filter(organisation=OuterRef("pk"))),
        status=Organisation.Status.LIVE,
    ).order_by("name")
    return HomePage(
        kinds=kinds,
        staffed=tuple(organisation_place(body) for body in staffed[:_MOST]),
        organisations=sum(kind.organisations for kind in kinds),
    )
