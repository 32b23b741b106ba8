"""
The words that stand in a return where a value should: vacant, not disclosed, eliminated.

Always the whole cell, after folding case and dropping quotes and punctuation,
never a part of it: "Hanan Vannan" holds no "nan". Spellings are those found in
the returns of 2010 to 2026.
"""

from enum import StrEnum

from directory.folding import fold


class NameWord(StrEnum):
    """What a cell of the column Name says when it names nobody."""

    VACANT = "vacant"
    UNDISCLOSED = "undisclosed"
    ELIMINATED = "eliminated"


_VACANT = """
vacant|vacancy|vacant post|vacant position|vacant role|post vacant|position vacant|
currently vacant|vacant currently|vacant at present|vacant being recruited|med3 vacant|gapped|
gapped post|post gapped|awaiting recruitment|awaiting recruitment action|recruiting|
recruitment in progress|under recruitment|being recruited|recruitment under way|
recruitment underway|unfilled|not filled|tbc vacant|vacant tbc|to be recruited|to be appointed
"""

_UNDISCLOSED = """
n d|nd|not disclosed|non disclosed|undisclosed|name not disclosed|not disclosable|no name|
name withheld|withheld|n a|na|not applicable|not available|redacted|confidential|not named|
nan|unnamed|unknown|not known|tbc|to be confirmed
"""

_ELIMINATED = """
eliminated|eliminated post|post eliminated|deleted|deleted post|post deleted|abolished|
post abolished|removed|post removed|removed post|post no longer exists|no longer exists|
post closed|closed post|disestablished|post disestablished|redundant post|post redundant
"""


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("\n", " ").split("|")]


_NAME_WORDS: dict[str, NameWord] = {
    **dict.fromkeys(_phrases(_VACANT), NameWord.VACANT),
    **dict.fromkeys(_phrases(_UNDISCLOSED), NameWord.UNDISCLOSED),
    **dict.fromkeys(_phrases(_ELIMINATED), NameWord.ELIMINATED),
}

#: What stands in any other cell for "nothing", folded.
_NOT_STATED = frozenset(
    ["", "n a", "na", "n d", "nd", "nan", "not applicable", "not disclosed", "not available"]
)

_NOT_APPLICABLE = frozenset(["n a", "na", "not applicable"])
_NOT_DISCLOSED = frozenset(["n d", "nd", "not disclosed"])

#: What stands in Post Unique Reference where the post has none.
_NO_REFERENCE = frozenset(
    [
        *(word for word in _NAME_WORDS if word not in ("na", "nd", "tbc")),
        "",
        "n a",
        "n d",
        "awaiting reference",
        "new post",
    ]
)


def name_word(text: str) -> NameWord | None:
    """What a name cell says instead of a name; None if it may be a name."""
    return _NAME_WORDS.get(fold(text))


def is_not_stated(text: str) -> bool:
    """Whether a cell says that there is nothing to say."""
    return fold(text) in _NOT_STATED


def is_not_applicable(text: str) -> bool:
    """Whether a cell says N/A, in any quoting."""
    return fold(text) in _NOT_APPLICABLE


def is_not_disclosed(text: str) -> bool:
    """Whether a cell says N/D, in any quoting."""
    return fold(text) in _NOT_DISCLOSED


def is_no_reference(text: str) -> bool:
    """Whether a reference cell holds a placeholder that many posts may share."""
    return fold(text) in _NO_REFERENCE


def stated(text: str) -> str:
    """The text, or nothing where it only says that there is nothing."""
    return "" if is_not_stated(text) else text
