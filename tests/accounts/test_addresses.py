"""Which addresses may sign in, and that one mailbox is one account."""

import pytest

from accounts.addresses import NotAnAddress, canonical_address, is_allowed

DOMAINS = ("dept.gov.uk", "example.gov.uk")


@pytest.mark.parametrize(
    "address",
    [
        "x@dept.gov.uk",
        "x@DEPT.GOV.UK",
        "X@Dept.Gov.UK",
        "x+tag@dept.gov.uk",
        "x@team.dept.gov.uk",
        "o'brien.x-y_z@a.b.example.gov.uk",
    ],
)
def test_an_address_of_an_allowed_domain_or_below_it_may_sign_in(address: str) -> None:
    assert is_allowed(address=address, domains=DOMAINS)


@pytest.mark.parametrize(
    "address",
    [
        "x@gov.uk",
        "x@gov.uk.evil.com",
        "x@dept.gov.uk.evil.com",
        "x@evilgov.uk",
        "x@evildept.gov.uk",
        "x@evil-dept.gov.uk",
        "x@dept.gov.uk@evil.com",
        "x@evil.com@dept.gov.uk",
        '"x@dept.gov.uk"@evil.com',
        '"x"@dept.gov.uk',
        "x@dept.gov.uk\n",
        "x@dept.gov.uk%0a",
        "x@dept.gov.uk\x00",
        "x@dept.gov.uk ",
        " x@dept.gov.uk",
        "x@dept.gov.uk.",
        "x@.dept.gov.uk",
        "x@-.dept.gov.uk",
        "x@dept.gov.uk,y@evil.com",
        "x@dept.gov.uk;y@evil.com",
        "<x@dept.gov.uk>",
        "x@dept.gov.u\u212a",  # the Kelvin sign, which lower() makes a k
        "x@dept\uff0egov.uk",
        "\u0445@dept.gov.uk",
        "x@dept.gov.uk\u200b",
        ".x@dept.gov.uk",
        "x..y@dept.gov.uk",
        "+tag@dept.gov.uk",
        "@dept.gov.uk",
        "dept.gov.uk",
        "x" * 250 + "@dept.gov.uk",
        "",
    ],
)
def test_a_look_alike_may_not_sign_in(address: str) -> None:
    assert not is_allowed(address=address, domains=DOMAINS)


def test_every_spelling_of_a_mailbox_is_one_account() -> None:
    spellings = ["x@dept.gov.uk", "X@DEPT.gov.uk", "x+news@dept.gov.uk", "x+a+b@dept.gov.uk"]
    assert {canonical_address(spelling) for spelling in spellings} == {"x@dept.gov.uk"}


def test_what_is_not_an_address_is_refused_by_name() -> None:
    with pytest.raises(NotAnAddress):
        canonical_address("nobody")


def test_an_external_signs_in_whose_address_is_listed() -> None:
    listed = {"ann@firm.example"}
    assert is_allowed(address="Ann+x@FIRM.example", domains=DOMAINS, listed=listed)
    assert not is_allowed(address="bo@firm.example", domains=DOMAINS, listed=listed)
