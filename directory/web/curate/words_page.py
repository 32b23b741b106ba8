"""What the page of a feed's words shows: those nobody knows, and those that were translated."""

from dataclasses import dataclass

from directory.curating.words import UnknownWord, unknown_grades, unknown_professions
from directory.models import Feed, Grade, Profession


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may mean; value is what a form sends."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one kind that mean nothing yet, with what they may mean."""

    kind: str
    title: str
    words: tuple[UnknownWord, ...]
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A word of this feed, and what it means."""

    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The words of one feed."""

    lists: tuple[WordList, ...]
    translated: tuple[Translated, ...]


def read_words_page(*, feed: Feed) -> WordsPage:
    """The page of a feed's words."""
    grades = tuple(Meaning(grade.code, str(grade)) for grade in Grade.objects.all())
    professions = tuple(Meaning(one.slug, str(one)) for one in Profession.objects.all())
    return WordsPage(
        lists=(
            WordList("grade", "Grades", unknown_grades(feed=feed), grades),
            WordList("profession", "Professions", unknown_professions(feed=feed), professions),
        ),
        translated=(
            *(
                Translated(one.value, str(one.grade))
                for one in feed.grade_translations.select_related("grade").order_by("value")
            ),
            *(
                Translated(one.value, str(one.profession))
                for one in feed.profession_translations.select_related("profession").order_by(
                    "value"
                )
            ),
        ),
    )
