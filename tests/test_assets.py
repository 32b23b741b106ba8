"""The design system is used without the branding that only GOV.UK may use."""

import pytest
from django.conf import settings

from directory.assets import BRANDING, AssetsNotBuilt, ensure_assets, without_branding

STYLESHEET = """/*! Copyright of the font. */@font-face{font-family:GDS Transport;
src:url(/assets/a.woff)}
.govuk-link{font-family:GDS Transport,arial,sans-serif}
@supports (mask:initial){.govuk-footer__copyright-logo:before{mask:url(/assets/crest.svg)}}
.govuk-footer{color:#0b0c0c}
/*# sourceMappingURL=govuk-frontend.min.css.map */"""


def test_font_and_crest_are_taken_out_and_the_rest_is_kept() -> None:
    cleaned = without_branding(STYLESHEET)
    assert cleaned.split() == [
        ".govuk-link{font-family:arial,sans-serif}",
        ".govuk-footer{color:#0b0c0c}",
    ]


def test_branding_that_is_not_recognised_stops_the_build() -> None:
    with pytest.raises(AssetsNotBuilt, match=r"url\(/assets"):
        without_branding(".new-rule{background:url(/assets/images/new.svg)}")


def test_the_built_files_are_whole_and_refer_to_nothing_else() -> None:
    built = ensure_assets(project=settings.PROJECT)
    stylesheet = (built / "govuk" / "govuk-frontend.min.css").read_text()
    script = (built / "govuk" / "govuk-frontend.min.js").read_text()
    assert stylesheet.count("{") == stylesheet.count("}") > 1000
    assert not [mark for mark in (*BRANDING, "url(") if mark in stylesheet]
    assert "sourceMappingURL" not in script


def test_what_is_built_is_not_built_again() -> None:
    ensure_assets(project=settings.PROJECT)
    said: list[str] = []
    ensure_assets(project=settings.PROJECT, report=said.append)
    assert said == []


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in (settings.PROJECT / "package-lock.json").read_text()
    for requirements in settings.PROJECT.glob("requirements*.txt"):
        assert "://" not in requirements.read_text(), requirements.name
