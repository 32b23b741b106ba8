"""What a page says, without its markup."""

import re
from html import unescape

from django.http import HttpResponseBase
from django.test import Client


def get_text(client: Client, path: str, *, status: int = 200) -> str:
    """The words of a page in one line; fails on another status."""
    response = client.get(path)
    assert response.status_code == status, f"{path} answered {response.status_code}"
    return text_of(response)


def text_of(response: HttpResponseBase) -> str:
    """The words of an answer in one line, tags and head left out."""
    html = getattr(response, "content", b"").decode()
    body = html.partition("<body")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<{body}")).split())


def masked(response: HttpResponseBase) -> bytes:
    """The bytes of an answer without what differs between any two: the form token."""
    content = getattr(response, "content", b"")
    return re.sub(rb'(name="csrfmiddlewaretoken" value=")[^"]*', rb"\1", content)
