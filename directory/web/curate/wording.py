"""What states, actions and situations are called on the pages, for people who run no computers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from directory.models import Feed, FeedRun
from directory.plans import Action, Situation
from directory.records import DeliveryKind, Severity


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a coloured box; colour is one of the design system's."""

    label: str
    colour: str


_RUN_TAGS: Final[Mapping[str, Tag]] = {
    FeedRun.State.RECEIVED: Tag("Waiting for its turn", "blue"),
    FeedRun.State.PARSED: Tag("Under way", "blue"),
    FeedRun.State.PLANNED: Tag("Under way", "blue"),
    FeedRun.State.HELD: Tag("Needs a decision", "orange"),
    FeedRun.State.APPROVED: Tag("Released", "blue"),
    FeedRun.State.REJECTED: Tag("Rejected", "grey"),
    FeedRun.State.APPLIED: Tag("Applied", "green"),
    FeedRun.State.FAILED: Tag("Refused", "red"),
    FeedRun.State.UNDONE: Tag("Taken back", "grey"),
}

#: What a step of a run's story is called.
STORY: Final[Mapping[str, str]] = {
    FeedRun.State.RECEIVED: "Received",
    FeedRun.State.PARSED: "Read",
    FeedRun.State.PLANNED: "Compared",
    FeedRun.State.HELD: "Safeguard",
    FeedRun.State.APPROVED: "Released",
    FeedRun.State.REJECTED: "Rejected",
    FeedRun.State.APPLIED: "Applied",
    FeedRun.State.FAILED: "Refused",
    FeedRun.State.UNDONE: "Taken back",
}

_FEED_TAGS: Final[Mapping[str, Tag]] = {
    Feed.State.LIVE: Tag("Live", "green"),
    Feed.State.PAUSED: Tag("Paused", "yellow"),
    Feed.State.RETIRED: Tag("Retired", "grey"),
}

#: States in which the run goes on by itself.
UNDER_WAY: Final = (
    FeedRun.State.RECEIVED,
    FeedRun.State.PARSED,
    FeedRun.State.PLANNED,
    FeedRun.State.APPROVED,
)

KINDS: Final[Mapping[str, str]] = {
    DeliveryKind.PEOPLE: "People",
    DeliveryKind.TEAMS: "Teams",
    DeliveryKind.SENIOR: "Senior staff return",
    DeliveryKind.JUNIOR: "Junior staff return",
}

STEPS: Final[Mapping[str, str]] = {
    "staging": "Comparing with what the directory holds",
    "reading": "Reading the rows that changed",
    "deciding": "Working out what would change",
    "applying": "Writing the changes",
}

ACTIONS: Final[Mapping[str, str]] = {
    Action.CREATE: "New",
    Action.UPDATE: "Changed",
    Action.DEPART: "Leaving",
    Action.KEEP: "Nothing new",
}

SITUATIONS: Final[Mapping[str, str]] = {
    Situation.LINKED: "Known in this feed",
    Situation.UNLINKED: "Known, not yet linked to this feed",
    Situation.UNMATCHED: "Nobody we knew",
    Situation.DISPUTED: "May be somebody we know",
    Situation.DEPARTED: "Not in the file any more, or said to have left",
}

SEVERITIES: Final[Mapping[str, Tag]] = {
    Severity.ERROR: Tag("Not applied", "red"),
    Severity.WARNING: Tag("Needs attention", "yellow"),
    Severity.NOTICE: Tag("For information", "grey"),
}

#: Names of fields that do not speak for themselves once the underscores are gone.
_FIELDS: Final[Mapping[str, str]] = {
    "source_key": "Key in the HR system",
    "manager_key": "Manager’s key",
    "unit_code": "Team code",
    "unit_name": "Team",
    "parent_code": "Code of the team above",
    "post_key": "Post reference",
    "reports_to_post": "Reports to post",
    "fte": "Working share",
    "email": "E-mail",
    "posts_fte": "Number of posts",
    "holder": "Holder is named",
    "audience": "Who may see them",
    "given_name": "Given name",
}


def run_tag(*, run: FeedRun) -> Tag:
    """How a run stands."""
    if run.dry_run and run.state in (FeedRun.State.PLANNED, FeedRun.State.HELD):
        return Tag("Trial finished", "purple")
    if run.state == FeedRun.State.RECEIVED and run.step:
        return _RUN_TAGS[FeedRun.State.PLANNED]
    return _RUN_TAGS[run.state]


def feed_tag(*, feed: Feed) -> Tag:
    """How a feed stands."""
    return _FEED_TAGS[feed.state]


def kind_label(*, kind: str) -> str:
    """What a delivery is about; empty for a file that could not be read."""
    return KINDS.get(kind, "")


def field_label(*, name: str) -> str:
    """A field's name in words."""
    return _FIELDS.get(name) or name.replace("_", " ").capitalize()


def is_under_way(*, run: FeedRun) -> bool:
    """Whether the run goes on by itself, so that looking again shows more."""
    if run.dry_run and run.state == FeedRun.State.PLANNED:
        return False
    return run.state in UNDER_WAY
