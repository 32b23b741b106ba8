"""The data dictionary: what is held of whom, who says it first, and in which common words."""

from dataclasses import dataclass
from typing import Final

from directory.models import Appointment, Expertise, FieldAudience, Grade, Person, Profession
from directory.profile import FIELD_POLICY, Origin
from directory.records import POST_FIELDS
from directory.visibility import NARROWABLE_FIELDS
from directory.web.provenance import FIELD_LABELS

_FIRST: Final = {
    Origin.FEED: "HR, then the official",
    Origin.PERSON: "The official, then HR",
    Origin.CURATOR: "A curator",
}


@dataclass(frozen=True, slots=True)
class HeldField:
    """
    A detail of a person. name: as the API and deliveries call it.

    says_first: whose word counts where several speak. is_narrowable: they choose who sees it.
    """

    label: str
    name: str
    says_first: str
    is_narrowable: bool


@dataclass(frozen=True, slots=True)
class CommonWord:
    """A word that every department's data is brought to."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class WordList:
    """One list of common words."""

    id: str
    title: str
    about: str
    words: tuple[CommonWord, ...]


@dataclass(frozen=True, slots=True)
class DictionaryPage:
    """All of it, from the code and the vocabulary that decide it."""

    fields: tuple[HeldField, ...]
    post_fields: tuple[str, ...]
    lists: tuple[WordList, ...]


def read_dictionary() -> DictionaryPage:
    """The dictionary as it holds today; two queries."""
    return DictionaryPage(
        fields=(*map(_field, FIELD_POLICY), _EXPERTISE),
        post_fields=tuple(field.replace("_", " ") for field in POST_FIELDS),
        lists=(
            WordList(
                "grades",
                "Grades",
                "The most senior first. Each feed’s own words are translated to these.",
                tuple(CommonWord(grade.code, grade.name) for grade in Grade.objects.all()),
            ),
            WordList(
                "professions",
                "Professions",
                "Each feed’s own words are translated to these.",
                tuple(CommonWord(each.slug, each.name) for each in Profession.objects.all()),
            ),
            _choices("appointments", "Kinds of appointment", "", Appointment.Kind.choices),
            _choices(
                "levels",
                "Levels of expertise",
                "As people state them.",
                Expertise.Level.choices[1:],
            ),
            _choices(
                "audiences",
                "Who sees a detail",
                "Each holds those narrower than itself.",
                FieldAudience.Audience.choices,
            ),
            _choices("listings", "How a person is listed", "", Person.Listing.choices),
        ),
    )


_EXPERTISE: Final = HeldField("Expertise", "expertise", "The official and HR together", True)


def _field(name: str) -> HeldField:
    return HeldField(
        label=FIELD_LABELS[name],
        name=name,
        says_first=_FIRST[FIELD_POLICY[name]],
        is_narrowable=name in NARROWABLE_FIELDS,
    )


def _choices(name: str, title: str, about: str, choices: list[tuple[str, str]]) -> WordList:
    return WordList(name, title, about, tuple(CommonWord(code, label) for code, label in choices))
