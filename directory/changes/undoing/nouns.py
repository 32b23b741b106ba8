"""What a run writes besides source records, and how each noun returns."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from directory.models import Appointment, Expertise, ExpertiseTag, Location, Person, Post, Team

#: Written by the database itself.
_BY_ITSELF = {"id", "path", "updated_at", "created_at"}


@dataclass(frozen=True, slots=True)
class Noun:
    """
    A tracked table and what its rows are called.

    word: what its temporary tables and the list of what stays call it.
    name: SQL for how people know a row of it, given as `standing`.
    together: columns that return together or not at all, because a constraint ties them.
    firm: columns that return whatever was written into them since.
    only: where not empty, the columns that are not computed from elsewhere.
    """

    word: str
    model: type[Model]
    name: str
    together: tuple[tuple[str, ...], ...] = ()
    firm: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table of its rows."""
        return self.model._meta.db_table

    @property
    def events(self) -> str:
        """The table of its trail."""
        return f"{self.table}event"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns somebody may have written."""
        if self.only:
            return self.only
        fields: list[Any] = list(self.model._meta.concrete_fields)
        return tuple(f.column for f in fields if f.column not in _BY_ITSELF)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The same, those that return together as one."""
        tied = {column for group in self.together for column in group}
        return (*self.together, *((column,) for column in self.columns if column not in tied))


TEAM: Final = Noun(word="team", model=Team, name="standing.name", together=(("parent_id", "slug"),))
# Whether a post stands is its feed's to say: its current records need it.
POST: Final = Noun(
    word="post",
    model=Post,
    name="coalesce(nullif(standing.title, ''), standing.reference)",
    together=(("status", "closed_on"),),
    firm=frozenset({"status", "closed_on"}),
)
APPOINTMENT: Final = Noun(
    word="appointment",
    model=Appointment,
    name="(SELECT display_name FROM directory_person WHERE id = standing.person_id)",
    together=(("starts_on", "ends_on"),),
)
CLAIM: Final = Noun(
    word="claim",
    model=Expertise,
    name="(SELECT preferred_label FROM directory_expertisetag WHERE id = standing.tag_id)",
)
TAG: Final = Noun(word="tag", model=ExpertiseTag, name="standing.preferred_label")
LOCATION: Final = Noun(word="location", model=Location, name="standing.name")
# All else of a person is computed from their sources.
PERSON: Final = Noun(
    word="person",
    model=Person,
    name="standing.display_name",
    only=("listing", "merged_into_id"),
)

NOUNS: Final = (TEAM, POST, APPOINTMENT, CLAIM, TAG, LOCATION, PERSON)

#: Those whose rows a run changes as well as makes, so that an earlier image has to return.
CHANGING: Final = (TEAM, POST, APPOINTMENT, PERSON)
