"""The forms about feeds: what is typed becomes values, or a sentence that says what to type."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet

from directory.connectors.registry import CONNECTORS
from directory.curating.limits import FeedLimits
from directory.models import Organisation
from directory.web.design_form import DesignForm

#: What the layouts are called on pages.
CONNECTOR_LABELS: Final[Mapping[str, str]] = {
    "table": "A table of people, or of teams: one row for each",
    "organogram": "Organogram returns: senior and junior staff, as published twice a year",
}


def _reason(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why; the reason is kept and shown"},
    )


class NewFeedForm(DesignForm):
    """A feed that does not exist yet."""

    organisation = forms.ModelChoiceField(
        label="Organisation",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation whose people the system holds"},
    )
    name = forms.CharField(
        label="Name of the system",
        help_text="What your colleagues call it, such as “Payroll” or “SOP”",
        max_length=200,
        error_messages={"required": "Enter what the system is called"},
    )
    slug = forms.CharField(
        label="Address of the feed",
        help_text="Small letters, digits and hyphens, such as treasury-hr. It cannot be changed.",
        max_length=100,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": "Enter an address for the feed, such as treasury-hr"},
    )
    connector = forms.ChoiceField(
        label="What it sends",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the system sends"},
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organisation"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared so above
        choice.queryset = organisations
        layouts = self.fields["connector"]
        assert isinstance(layouts, forms.ChoiceField)  # noqa: S101 - declared so above
        layouts.choices = [(name, CONNECTOR_LABELS.get(name, name)) for name in CONNECTORS]


class NameForm(DesignForm):
    """What a feed is called."""

    name = forms.CharField(
        label="Name of the system",
        max_length=200,
        error_messages={"required": "Enter what the system is called"},
    )


class ReasonForm(DesignForm):
    """A change that says why."""

    reason = _reason("Why?")


def _share(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
            f"{label}: enter a number from 0 to 100",
        ),
    )


def _number(label: str, **other: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"{label}: enter a whole number"
        ),
        **{"min_value": 0, "max_value": 1_000_000} | other,
    )


class LimitsForm(DesignForm):
    """What one run of a feed may do without being held."""

    departures_floor = _number("People and posts that may always leave in one run")
    departures_limit_percent = _share("Beyond that, share that may leave in one run, in per cent")
    week_departures_floor = _number("People and posts that may always leave within seven days")
    week_departures_limit_percent = _share(
        "Beyond that, share that may leave in seven days, in per cent"
    )
    known_keys_floor_percent = _share(
        "Share of the known keys that a complete file names, in per cent"
    )
    changed_limit_percent = _share("Share of rows in which one column may change, in per cent")
    blanked_limit_percent = _share("Share of a column’s values that may go blank, in per cent")
    faults_floor = _number("Rows that may always be in error")
    faults_limit_percent = _share("Beyond that, share of rows that may be in error, in per cent")
    expected_every_days = _number(
        "Days between two deliveries", required=False, min_value=1, max_value=3_650
    )

    def limits(self) -> FeedLimits:
        """What was typed, once it is valid."""
        return FeedLimits(**self.cleaned_data)


class TokenForm(DesignForm):
    """A token for one machine, in place of the one it has if `replaces` names one."""

    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)

    name = forms.CharField(
        label="Which machine will hold it?",
        help_text="Such as “Payroll export server”, so that it is recognised later",
        max_length=100,
        error_messages={"required": "Enter which machine will hold the token"},
    )
    expires_days = forms.TypedChoiceField(
        label="How long is it good for?",
        coerce=int,
        choices=[(30, "30 days"), (90, "90 days"), (180, "180 days"), (365, "One year")],
        initial=90,
    )


class UploadForm(DesignForm):
    """A delivery from somebody’s desk."""

    file = forms.FileField(
        label="File",
        help_text="As your system exports it; no need to open it first",
        error_messages={
            "required": "Choose the file that your system exported",
            "empty": "The file is empty; export it again",
        },
    )
    as_of = forms.DateField(
        label="Which day does it describe?",
        help_text="The day of the export, such as 31/3/2026",
        input_formats=["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": "Enter the day the file describes, such as 31/3/2026",
            "invalid": "Enter a real date, such as 31/3/2026",
        },
    )
    complete = forms.TypedChoiceField(
        label="Who is in the file?",
        coerce=lambda value: value == "yes",
        choices=[
            ("yes", "Everybody. Whoever is missing has left"),
            ("no", "Only some. Nobody leaves because they are missing"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is in the file"},
    )
    dry_run = forms.TypedChoiceField(
        label="What should happen with it?",
        coerce=lambda value: value == "try",
        choices=[
            ("try", "Only show me what it would do. Nothing changes"),
            ("apply", "Apply it, unless a safeguard holds it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what should happen with the file"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self._today:
            raise forms.ValidationError("The day the file describes cannot be in the future")
        return day


class KeysForm(DesignForm):
    """A file of old and new keys."""

    file = forms.FileField(
        label="File of old and new keys",
        help_text="CSV; its first row says old_key,new_key",
        error_messages={
            "required": "Choose the file of old and new keys",
            "empty": "The file is empty",
        },
    )


class ReleaseForm(DesignForm):
    """
    A held run is released.

    departures: typed where people would leave, so that nobody lets them go unread.
    """

    reason = _reason("Why is it right?", "Such as “The Leeds office closed on 31 March”")
    departures = forms.IntegerField(
        label="How many people and posts will be marked as gone?",
        help_text="Type the number; it stands above",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": "Type the number of people and posts that will leave"},
    )
    digest = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, expected: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._expected = expected
        if expected is None:
            del self.fields["departures"]

    def clean_departures(self) -> int | None:
        typed: int | None = self.cleaned_data["departures"]
        if typed != self._expected:
            raise forms.ValidationError(
                "This is not the number of people and posts that will be marked as gone; "
                "read it above and type it"
            )
        return typed


class MappingForm(DesignForm):
    """A feed's mapping as text, with a file to try it on."""

    mapping = forms.CharField(
        label="Mapping",
        help_text="Leave it blank if the system sends our own column names",
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 18, "class": "cd-code", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )
    file = forms.FileField(
        label="A file to try it on",
        help_text="The first 100 rows are read; nothing of it is applied",
        required=False,
        error_messages={"empty": "The file is empty"},
    )


class WordForm(DesignForm):
    """What one word of the feed means."""

    kind = forms.ChoiceField(
        choices=[("grade", "grade"), ("profession", "profession")], widget=forms.HiddenInput
    )
    value = forms.CharField(max_length=150, widget=forms.HiddenInput)
    meaning = forms.CharField(error_messages={"required": "Choose what the word means"})
