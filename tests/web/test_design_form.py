"""What every form does with what is typed, before anybody sees it."""

import pytest
from django import forms

from directory.web.design_form import DesignForm


class _Form(DesignForm):
    name = forms.CharField()
    prose = forms.CharField(widget=forms.Textarea, required=False)


def judged(name: str, prose: str = "") -> _Form:
    return _Form({"name": name, "prose": prose})


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Ma\u202eud", "reverse the order of text"),
        ("Ma\u2066ud", "reverse the order of text"),
        ("Ma\x07ud", "control characters"),
        ("Ma\x84ud", "control characters"),
        ("Ma\x00ud", "Null characters"),
    ],
)
def test_what_deceives_is_refused_at_its_field(typed: str, fault: str) -> None:
    form = judged(typed)
    assert not form.is_valid()
    assert fault in str(form.errors["name"])
    assert "prose" not in form.errors


def test_what_nobody_sees_is_taken_out_and_letters_are_composed() -> None:
    form = judged("Zoe\u0308\u200b May\ufeff", "one\r\n  two\tthree\u200b")
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Zoë May", "prose": "one\r\n  two\tthree"}


@pytest.mark.parametrize("written", ["می\u200cخواهم", "Ωμέγα", "O’Brien", "李雷"])
def test_every_script_is_kept_as_it_is_written(written: str) -> None:
    form = judged(written)
    assert form.is_valid()
    assert form.cleaned_data["name"] == written
