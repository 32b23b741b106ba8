"""What every form has in common: it looks and reports as the design system's do."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.views.decorators.http import require_http_methods

from directory.connectors.texts import clean_prose

#: The methods of a page that shows a form and takes it.
form_page: Final = require_http_methods(["GET", "HEAD", "POST"])


class DesignForm(forms.Form):
    """A form whose controls look and report as those of the design system do."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)

    def add(self, name: str, field: forms.Field) -> None:
        """Ask for one thing more, which depends on who is asked."""
        _dress(field)
        self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Text as it is kept: composed, without what nobody sees or what reverses its order."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(said.items()):
            if isinstance(value, str):
                said[name], codes = clean_prose(text=value)
                for code in codes:
                    self.add_error(name, _FAULTS[code])
        return said

    def mark_faults(self) -> None:
        """Colour the controls that hold a fault; call once the form was judged."""
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                base = attrs["class"].split()[0]
                attrs["class"] += f" {base}--error"


def _dress(field: forms.Field) -> None:
    kind = _CLASSES.get(type(field.widget), "govuk-input")
    more = field.widget.attrs.get("class", "")
    field.widget.attrs["class"] = f"{kind} {more}".strip()


_FAULTS: Final[Mapping[str, str]] = {
    "control_character": "Remove the control characters",
    "bidi_control_not_allowed": "Remove the characters that reverse the order of text; Hebrew and"
    " Arabic need none",
}

_CLASSES: Final[Mapping[type[forms.Widget], str]] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.ClearableFileInput: "govuk-file-upload",
    forms.FileInput: "govuk-file-upload",
    forms.RadioSelect: "govuk-radios__input",
}
