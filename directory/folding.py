"""
How text is folded before two spellings are compared: one table, used by every room.

The database holds the same table as the function `fold_text`
(`sql/fold_text.3.sql`); a test compares the two over every assigned letter.
Python's and PostgreSQL's Unicode tables agree on decomposition (NFKD), and on
nothing that depends on a locale, which is why letters without a decomposition
are spelt out here.
"""

import re
import unicodedata

#: Letters that NFKD leaves whole, and what people type instead of them.
LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "n",
    "ŧ": "t",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ə": "e",
    # Final sigma is the same letter; Python lowers to it and PostgreSQL does not.
    "ς": "σ",
}

#: Every mark that is written for an apostrophe; folded to nothing, so O’Brien is obrien.
APOSTROPHES = "'’‘ʼʻ`´ʹ′＇‛"

_TABLE = str.maketrans(LETTERS | dict.fromkeys(APOSTROPHES, ""))

# Which characters belong to a word is spelt out too, because the database's classes depend
# on its locale and version. What is in neither list is part of a word: letters and digits of
# every script, and the vowel signs without which many of them cannot be written.

#: Folded to nothing: accents, points that may be left out, invisible marks.
_MARKS = re.compile(
    r"[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff"
    r"\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+"
)
#: Spaces, punctuation, symbols, controls; halves of surrogate pairs, which no database holds.
_SEPARATORS = re.compile(
    r"[\x00-/:-@\[-`{-\xbf\xd7\xf7\u02c2-\u02df\u0375\u037e\u0387\u055a-\u055f\u0589\u058a"
    r"\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u1680\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f"
    r"\u30a0\u30fb\ud800-\uf8ff\ufff9-\uffff\U0001f000-\U0001faff\U000e0000-\U0010ffff]+"
)


def fold(text: str) -> str:
    """
    Fold case, accents, apostrophes and punctuation: "Ó’Brien-Łuk" is "obrien luk".

    Words are separated by one space; letters of any script survive.
    """
    if text.isascii():
        plain = text.lower().translate(_TABLE)
    else:
        # Apostrophes go before NFKD, which would split some into a space and a mark.
        bare = unicodedata.normalize("NFKD", text.translate(_TABLE)).lower()
        plain = _MARKS.sub("", bare).translate(_TABLE)
    return _SEPARATORS.sub(" ", plain).strip()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return fold(text).split()
