"""One organisation that delivers its teams and people as tables, through every period."""

from directory.synthetic.chance import Chance
from directory.synthetic.changing import Changes, Period, advance
from directory.synthetic.manifest import Delivery
from directory.synthetic.organisations import Organisation
from directory.synthetic.people import Staff
from directory.synthetic.run import Run
from directory.synthetic.staffing import staff_organisation
from directory.synthetic.table_files import (
    LAYOUTS,
    key_of,
    mapping_text,
    write_people,
    write_teams,
)
from directory.synthetic.teams import Teams


def feed_slug(*, organisation: Organisation) -> str:
    """The feed that takes both the teams and the people of an organisation."""
    return f"{organisation.slug}-staff"


def table_names(*, run: Run, organisation: Organisation) -> list[str]:
    """Path of every file `make_table_feed` writes."""
    is_mapped = LAYOUTS[organisation.layout].mapped
    names = [_mapping_name(organisation=organisation)] if is_mapped else []
    names += [
        _name(run=run, organisation=organisation, index=index, kind=kind)
        for index in range(len(run.days))
        for kind in ("teams", "people")
    ]
    return names


def make_table_feed(*, run: Run, organisation: Organisation, people: int) -> None:
    """Write every file of the feed, and note in the run what they hold."""
    chance = Chance(seed=run.seed, purpose=organisation.slug)
    teams = Teams(organisation=organisation, people=people, chance=chance)
    staff = staff_organisation(
        organisation=organisation,
        teams=teams,
        people=people,
        leaving=[one for one in run.transfers if one.origin == organisation.slug],
        as_of=run.days[0],
        chance=chance,
    )
    mapping = _write_mapping(run=run, organisation=organisation)
    changes = Changes(joiners=people, teams_added=len(teams.listed))
    for index in range(len(run.days)):
        if index:
            step = _step(run=run, organisation=organisation, index=index)
            changes = advance(staff=staff, teams=teams, period=step, chance=chance)
        _note_keys(run=run, staff=staff, organisation=organisation)
        delivered = _Delivered(run=run, organisation=organisation, index=index, mapping=mapping)
        run.deliveries.append(delivered.teams(teams=teams, changes=changes))
        run.deliveries.append(delivered.people(staff=staff, changes=changes))


class _Delivered:
    """Writes the files of one period."""

    def __init__(self, *, run: Run, organisation: Organisation, index: int, mapping: str) -> None:
        self._run = run
        self._organisation = organisation
        self._index = index
        self._mapping = mapping

    def teams(self, *, teams: Teams, changes: Changes) -> Delivery:
        name = self._name(kind="teams")
        rows = write_teams(
            path=self._run.path(name=name), teams=teams, organisation=self._organisation
        )
        return self._delivery(
            kind="teams",
            path=name,
            rows=rows,
            changes=Changes(joiners=changes.teams_added, renames=changes.teams_renamed),
        )

    def people(self, *, staff: Staff, changes: Changes) -> Delivery:
        name = self._name(kind="people")
        rows = write_people(
            path=self._run.path(name=name), staff=staff, organisation=self._organisation
        )
        return self._delivery(kind="people", path=name, rows=rows, changes=changes)

    def _name(self, *, kind: str) -> str:
        return _name(run=self._run, organisation=self._organisation, index=self._index, kind=kind)

    def _delivery(self, *, kind: str, path: str, rows: int, changes: Changes) -> Delivery:
        return Delivery(
            period=self._index,
            as_of=self._run.days[self._index],
            organisation=self._organisation.slug,
            feed=feed_slug(organisation=self._organisation),
            connector="table",
            kind=kind,
            path=path,
            rows=rows,
            in_post=rows - changes.leavers_marked if kind == "people" else 0,
            joiners=changes.joiners,
            leavers=changes.leavers,
            leavers_marked=changes.leavers_marked,
            movers=changes.movers,
            renames=changes.renames,
            mapping=self._mapping,
        )


def _step(*, run: Run, organisation: Organisation, index: int) -> Period:
    return Period(
        index=index,
        as_of=run.days[index],
        leaving=[
            one
            for one in run.transfers
            if one.origin == organisation.slug and one.leaves_in == index
        ],
        arriving=[
            one
            for one in run.transfers
            if one.destination == organisation.slug and one.arrives_in == index
        ],
    )


def _name(*, run: Run, organisation: Organisation, index: int, kind: str) -> str:
    suffix = LAYOUTS[organisation.layout].suffix
    return run.delivery_name(period=index, organisation=organisation, kind=kind, suffix=suffix)


def _mapping_name(*, organisation: Organisation) -> str:
    return f"mappings/{feed_slug(organisation=organisation)}.toml"


def _write_mapping(*, run: Run, organisation: Organisation) -> str:
    text = mapping_text(organisation=organisation)
    if not text:
        return ""
    name = _mapping_name(organisation=organisation)
    run.path(name=name).write_text(text, encoding="utf-8", newline="\n")
    return name


def _note_keys(*, run: Run, staff: Staff, organisation: Organisation) -> None:
    for person in staff.people:
        if person.transfer:
            key = key_of(person=person, organisation=organisation)
            run.keys[person.transfer, organisation.slug] = key
