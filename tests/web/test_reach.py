"""Links that open the mail program or the telephone."""

import pytest

from directory.web.reach import mail_url, phone_url


@pytest.mark.parametrize(
    ("number", "url"),
    [
        ("020 7946 0018", "tel:02079460018"),
        ("+44 (0)20 7946 0018", "tel:+442079460018"),
        ("(020) 7946-0018", "tel:02079460018"),
        ("020 7946 0018 ext 12", "tel:02079460018;ext=12"),
        ("020 7946 0018 x4321", "tel:02079460018;ext=4321"),
        ("7018", ""),
        ("ask the switchboard", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_as_it_is_meant(number: str, url: str) -> None:
    assert phone_url(number) == url


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("a.b@x.example", "mailto:a.b@x.example"),
        ("o'neil+x@x.example", "mailto:o%27neil+x@x.example"),
        ("a?bcc=b@x.example", "mailto:a%3Fbcc%3Db@x.example"),
        ("no address", ""),
        ("a b@x.example", ""),
        ("@x.example", ""),
    ],
)
def test_an_address_cannot_say_more_than_an_address(address: str, url: str) -> None:
    assert mail_url(address) == url
