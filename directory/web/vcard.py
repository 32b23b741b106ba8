"""A person as a vCard 4.0 (RFC 6350), for address books."""

from directory.web.person_page import PersonPage

#: Longest physical line in octets, without its line break (RFC 6350, 3.2).
_LINE_OCTETS = 75


def write_vcard(*, page: PersonPage, page_url: str) -> str:
    """
    The card of what the page shows.

    page_url: where the page stands, absolute; also the card's lasting identity.
    """
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"UID:urn:uuid:{page.person_id}",
        "KIND:individual",
        f"FN:{_text(page.name)}",
        f"N:{_text(page.family_name)};{_text(page.given_name)};;{_text(page.honorific)};",
    ]
    for post in page.posts[:1]:
        units = (post.place.organisation, *post.place.above, post.place.team)
        lines.append(f"TITLE:{_text(post.title)}")
        lines.append("ORG:" + ";".join(_text(unit.label) for unit in units))
    for way in page.ways:
        if way.is_email:
            lines.append(f"EMAIL;TYPE=work:{_text(way.text)}")
        elif way.url:
            kind = "cell" if way.label == "Mobile" else "voice"
            lines.append(f'TEL;VALUE=uri;TYPE="work,{kind}":{way.url}')
    lines += [f"URL:{page_url}", f"SOURCE:{page_url}.vcf", "END:VCARD"]
    return "".join(_fold(line) for line in lines)


def _text(value: str) -> str:
    """A text value with what has a meaning in vCards escaped; control characters are dropped."""
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    lines = escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter for letter in lines if letter == "\t" or ord(letter) >= 32)


def _fold(line: str) -> str:
    """
    The line cut into pieces of at most 75 octets, never inside a letter.

    Every piece after the first begins with a space, which counts.
    """
    pieces: list[str] = []
    piece, room = "", _LINE_OCTETS
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if octets > room:
            pieces.append(piece)
            piece, room = " ", _LINE_OCTETS - 1
        piece += letter
        room -= octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
