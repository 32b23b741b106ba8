"""Ways to reach somebody: links that open the mail program or the telephone."""

import re
from dataclasses import dataclass
from urllib.parse import quote

#: Fewer digits than this are an extension, which no telephone outside the building can call.
_SHORTEST_NUMBER = 6

_EXTENSION = re.compile(r"[,;\s]*(?:ext(?:ension)?\.?|x)\s*(\d{1,6})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Way:
    """
    One way to reach somebody.

    url: empty when the text is not something a program can open.
    of_post: it belongs to the post and stays with it when the holder moves on.
    """

    label: str
    text: str
    url: str
    of_post: bool = False

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text in pieces that may stand on lines of their own: an address breaks at its "@"."""
        local, at, domain = self.text.partition("@")
        return (local, at + domain) if at else (self.text,)

    @property
    def is_email(self) -> bool:
        """Whether this is an address rather than a number."""
        return "@" in self.text


def mail_url(address: str) -> str:
    """A `mailto:` link (RFC 6068), empty when the text is no address."""
    local, at, domain = address.partition("@")
    if not (local and at and domain) or re.search(r"\s", address):
        return ""
    return f"mailto:{quote(local, safe='+.!*')}@{quote(domain, safe='.')}"


def phone_url(number: str) -> str:
    """A `tel:` link (RFC 3966), empty when there are too few digits to call."""
    extension = _EXTENSION.search(number)
    main = number[: extension.start()] if extension else number
    # "+44 (0)20 …" is written for two readers at once; only one of them dials the zero.
    international = main.strip().startswith("+")
    digits = re.sub(r"\D", "", main.replace("(0)", "") if international else main)
    if len(digits) < _SHORTEST_NUMBER:
        return ""
    suffix = f";ext={extension.group(1)}" if extension else ""
    return f"tel:{'+' if international else ''}{digits}{suffix}"


def email_way(address: str, *, label: str = "E-mail", of_post: bool = False) -> Way:
    """An address as a way to reach somebody."""
    return Way(label=label, text=address, url=mail_url(address), of_post=of_post)


def phone_way(number: str, *, label: str = "Phone", of_post: bool = False) -> Way:
    """A telephone number as a way to reach somebody."""
    return Way(label=label, text=number, url=phone_url(number), of_post=of_post)
