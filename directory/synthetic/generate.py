"""Make the feeds: staff each organisation, take it through the periods, write its files."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from directory.synthetic.cast import CAST
from directory.synthetic.manifest import CastEntry, Manifest, Move, OrganisationEntry, announce
from directory.synthetic.organisations import (
    ORGANISATIONS,
    Organisation,
    organisations_document,
    share_out,
)
from directory.synthetic.return_feeds import make_return_feeds, return_names
from directory.synthetic.returns import NAMED_LIMIT
from directory.synthetic.run import Run, clear, quarter_days
from directory.synthetic.table_feed import feed_slug, make_table_feed, table_names
from directory.synthetic.transfers import plan_transfers

ORGANISATIONS_NAME = "organisations.json"
SMALLEST_ORGANISATION_PEOPLE = 10
MOST_PERIODS = 40


class ImpossibleSize(ValueError):
    """There cannot be so many people, periods or organisations; the message says what can."""


def generate(
    directory: Path,
    *,
    people: int,
    seed: int,
    periods: int = 3,
    organisations: int = 12,
) -> Manifest:
    """
    Write feeds of invented people; the same arguments always give the same bytes.

    Memory holds one organisation at a time, and rows go to their file one by one.

    directory: made if it is not there; files of an earlier run in it are replaced.
    people: named in the files of period 0, all organisations together.
    periods: deliveries of each feed, three months apart.
    organisations: how many, the largest first.

    :raises ImpossibleSize: if the numbers cannot be met.
    :raises DirectoryInUse: if the directory holds anything else.
    """
    _refuse_impossible_size(people=people, periods=periods, organisations=organisations)
    clear(directory=directory)
    chosen = ORGANISATIONS[:organisations]
    sizes = share_out(
        people=people,
        organisations=chosen,
        at_least=SMALLEST_ORGANISATION_PEOPLE,
        organogram_limit=NAMED_LIMIT,
    )
    run = Run(
        directory=directory,
        seed=seed,
        days=quarter_days(periods=periods),
        transfers=plan_transfers(organisations=chosen, sizes=sizes, periods=periods, seed=seed),
    )
    _write_feeds(run=run, organisations=chosen, sizes=sizes)
    manifest = _manifest(run=run, people=people, organisations=chosen, sizes=sizes)
    manifest.write(directory=directory)
    return manifest


def _write_feeds(
    *, run: Run, organisations: Sequence[Organisation], sizes: Mapping[str, int]
) -> None:
    announce(directory=run.directory, files=_files_to_come(run=run, organisations=organisations))
    document = json.dumps(organisations_document(organisations=organisations), indent=1)
    path = run.path(name=ORGANISATIONS_NAME)
    path.write_text(document + "\n", encoding="utf-8", newline="\n")
    for organisation in organisations:
        size = sizes[organisation.slug]
        if organisation.layout == "organogram":
            make_return_feeds(run=run, organisation=organisation, named=size)
        else:
            make_table_feed(run=run, organisation=organisation, people=size)


def _refuse_impossible_size(*, people: int, periods: int, organisations: int) -> None:
    if not 1 <= organisations <= len(ORGANISATIONS):
        raise ImpossibleSize(
            f"The number of organisations must be between 1 and {len(ORGANISATIONS)}, "
            f"not {organisations}."
        )
    if not 1 <= periods <= MOST_PERIODS:
        raise ImpossibleSize(
            f"The number of periods must be between 1 and {MOST_PERIODS}, not {periods}."
        )
    least = SMALLEST_ORGANISATION_PEOPLE * organisations
    if people < least:
        raise ImpossibleSize(
            f"{organisations} organisations need at least {least} people, not {people}; "
            "ask for more people or fewer organisations."
        )


def _files_to_come(*, run: Run, organisations: Sequence[Organisation]) -> tuple[str, ...]:
    names = [ORGANISATIONS_NAME]
    for organisation in organisations:
        if organisation.layout == "organogram":
            names += return_names(run=run, organisation=organisation)
        else:
            names += table_names(run=run, organisation=organisation)
    return tuple(names)


def _manifest(
    *,
    run: Run,
    people: int,
    organisations: Sequence[Organisation],
    sizes: Mapping[str, int],
) -> Manifest:
    return Manifest(
        people=people,
        seed=run.seed,
        periods=len(run.days),
        organisations_file=ORGANISATIONS_NAME,
        organisations=tuple(
            OrganisationEntry(
                slug=one.slug,
                title=one.title,
                abbreviation=one.abbreviation,
                email_domain=one.email_domain,
                people=sizes[one.slug],
            )
            for one in organisations
        ),
        # Period by period; within one, as the organisations were written.
        deliveries=tuple(sorted(run.deliveries, key=lambda one: one.period)),
        moves=_moves(run=run, organisations=organisations),
        cast=_cast(organisations=organisations),
    )


def _moves(*, run: Run, organisations: Sequence[Organisation]) -> tuple[Move, ...]:
    feeds = {one.slug: feed_slug(organisation=one) for one in organisations}
    return tuple(
        Move(
            person=f"mover-{one.number:05d}",
            given_name=one.identity.given_name,
            family_name=one.identity.family_name,
            from_feed=feeds[one.origin],
            from_key=run.keys[one.number, one.origin],
            to_feed=feeds[one.destination],
            to_key=run.keys[one.number, one.destination],
            manner=one.manner,
            leaves_in=one.leaves_in,
            arrives_in=one.arrives_in,
        )
        for one in run.transfers
    )


def _cast(*, organisations: Sequence[Organisation]) -> tuple[CastEntry, ...]:
    """Those of the cast whose organisation takes part; all five from two organisations on."""
    feeds = {one.slug: feed_slug(organisation=one) for one in organisations}
    return tuple(
        CastEntry(
            role=one.role,
            given_name=one.given_name,
            family_name=one.family_name,
            email=one.email,
            organisation=one.organisation_slug,
            feed=feeds[one.organisation_slug],
            source_key=one.source_key,
        )
        for one in CAST
        if one.organisation_slug in feeds
    )
