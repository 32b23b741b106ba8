"""What the page of a plan shows: each line with every field that would change, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.http import urlencode

from directory.models import FeedRun
from directory.plans import Action
from directory.sync.preview import Preview, preview
from directory.web.curate.places import run_url, trail_to_run
from directory.web.curate.run_page import run_title
from directory.web.curate.wording import ACTIONS, SITUATIONS, Tag, field_label
from directory.web.places import Place

LINES_PER_PAGE: Final = 50

_ACTION_COLOURS: Final[Mapping[str, str]] = {
    Action.CREATE: "green",
    Action.UPDATE: "blue",
    Action.DEPART: "red",
    Action.KEEP: "grey",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field before and after; empty where nothing was, or will be, said."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What would be done about one person, post or team; row is 0 where the file has none."""

    row: int
    key: str
    name: str
    tag: Tag
    situation: str
    evidence: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to see fewer lines."""

    label: str
    number: int | None
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One page of a plan."""

    run: FeedRun
    title: str
    trail_above: tuple[Place, ...]
    filters: tuple[Filter, ...]
    lines: tuple[PlanLine, ...]
    next_url: str
    first_url: str
    situation: str


def read_plan_page(*, run: FeedRun, action: str, situation: str, after: int) -> PlanPage:
    """
    The lines of a plan behind the position `after`, filtered.

    action, situation: values of the plan, empty for all.
    """
    shown = preview(run=run, action=action, situation=situation, after=after, size=LINES_PER_PAGE)
    chosen = {"action": action, "situation": situation}
    address = f"{run_url(run.pk)}/plan"
    return PlanPage(
        run=run,
        title=run_title(run=run),
        trail_above=trail_to_run(run),
        filters=_filters(run, address, action),
        lines=_lines(shown),
        next_url=_at(address, **chosen, after=shown.next_after) if shown.next_after else "",
        first_url=_at(address, **chosen) if after else "",
        situation=SITUATIONS.get(situation, ""),
    )


def _filters(run: FeedRun, address: str, action: str) -> tuple[Filter, ...]:
    counted = {
        Action.CREATE: run.counts.get("creations"),
        Action.UPDATE: run.counts.get("updates"),
        Action.DEPART: run.counts.get("departures"),
    }
    return (
        Filter("All", None, address, not action),
        *(
            Filter(ACTIONS[name], number, _at(address, action=name), action == name)
            for name, number in counted.items()
        ),
    )


def _lines(shown: Preview) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(
            row=line.row,
            key=line.source_key.replace("\n", " "),
            name=line.name,
            tag=Tag(ACTIONS[line.action], _ACTION_COLOURS[line.action]),
            situation=SITUATIONS[line.situation],
            evidence="; ".join(line.evidence),
            fields=tuple(
                FieldLine(field_label(name=change.field), change.before, change.after)
                for change in line.fields
            ),
        )
        for line in shown.lines
    )


def _at(address: str, **chosen: str | int) -> str:
    said = {name: value for name, value in chosen.items() if value}
    return f"{address}?{urlencode(said)}" if said else address
