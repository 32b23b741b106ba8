"""What every form has in common: it looks and reports as the design system's do."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms


class DesignForm(forms.Form):
    """A form whose controls look and report as those of the design system do."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = _CLASSES.get(type(field.widget), "govuk-input")
            more = field.widget.attrs.get("class", "")
            field.widget.attrs["class"] = f"{kind} {more}".strip()

    def mark_faults(self) -> None:
        """Colour the controls that hold a fault; call once the form was judged."""
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                base = attrs["class"].split()[0]
                attrs["class"] += f" {base}--error"


_CLASSES: Final[Mapping[type[forms.Widget], str]] = {
    forms.Textarea: "govuk-textarea",
    forms.Select: "govuk-select",
    forms.ClearableFileInput: "govuk-file-upload",
    forms.FileInput: "govuk-file-upload",
    forms.RadioSelect: "govuk-radios__input",
}
