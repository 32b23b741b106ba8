"""The faults of a run as its page shows them: each kind once, with how many rows it concerns."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Case, F, Min, Sum, TextField, Value, When

from directory.models import FeedRun, RowFault
from directory.web.curate.wording import SEVERITIES, Tag

#: Kinds of faults shown; the file for download holds all of them.
_SHOWN: Final = 40
_SEVERITY_ORDER: Final = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class FaultLine:
    """
    Faults of one kind: how many rows, and the first of them; 0 where no row is meant.

    is_unknown_word: a grade or profession that can be translated.
    """

    tag: Tag
    code: str
    column: str
    hint: str
    count: int
    first_row: int
    is_unknown_word: bool


def read_fault_lines(*, run: FeedRun) -> tuple[FaultLine, ...]:
    """The kinds of faults, those that cost a row first, the most frequent first."""
    # What is said of the file as a whole is said once for each thing, such as an unknown word.
    of_the_file = Case(When(row=0, then=F("hint")), default=Value(""), output_field=TextField())
    grouped = list(
        RowFault.objects.filter(run=run)
        .annotate(of_the_file=of_the_file)
        .values("severity", "code", "column", "of_the_file")
        .annotate(number=Sum("count"), first_row=Min("row"), first=Min("pk"))
        .order_by("-number", "first")[:_SHOWN]
    )
    firsts = RowFault.objects.filter(pk__in=[line["first"] for line in grouped])
    hints = dict(firsts.values_list("pk", "hint"))
    lines = sorted(grouped, key=lambda line: _SEVERITY_ORDER.index(line["severity"]))
    return tuple(
        FaultLine(
            tag=SEVERITIES[line["severity"]],
            code=line["code"],
            column=line["column"],
            hint=hints[line["first"]],
            count=line["number"],
            first_row=line["first_row"],
            is_unknown_word=line["code"] == "unmapped_value",
        )
        for line in lines
    )
