"""One organisation that delivers organogram returns: a senior and a junior feed."""

from directory.synthetic.chance import Chance
from directory.synthetic.manifest import Delivery
from directory.synthetic.organisations import Organisation
from directory.synthetic.return_files import write_junior, write_senior
from directory.synthetic.returns import Return
from directory.synthetic.run import Run


def return_names(*, run: Run, organisation: Organisation) -> list[str]:
    """Path of every file `make_return_feeds` writes."""
    return [
        run.delivery_name(period=index, organisation=organisation, kind=kind, suffix=".csv")
        for index in range(len(run.days))
        for kind in ("senior", "junior")
    ]


def make_return_feeds(*, run: Run, organisation: Organisation, named: int) -> None:
    """Write every return of both feeds, and note in the run what they hold."""
    chance = Chance(seed=run.seed, purpose=organisation.slug)
    stated = Return(organisation=organisation, named=named, chance=chance)
    before: set[tuple[str, str, str]] = set()
    for index in range(len(run.days)):
        moved, renamed = stated.advance() if index else (0, 0)
        after = stated.holders()
        run.deliveries.append(
            _senior(
                run=run,
                stated=stated,
                index=index,
                joiners=len(after - before),
                leavers=len(before - after),
                movers=moved,
                renames=renamed,
            )
        )
        run.deliveries.append(_junior(run=run, stated=stated, index=index))
        before = after


def _senior(
    *,
    run: Run,
    stated: Return,
    index: int,
    joiners: int,
    leavers: int,
    movers: int,
    renames: int,
) -> Delivery:
    organisation = stated.organisation
    name = run.delivery_name(period=index, organisation=organisation, kind="senior", suffix=".csv")
    return Delivery(
        period=index,
        as_of=run.days[index],
        organisation=organisation.slug,
        feed=f"{organisation.slug}-senior",
        connector="organogram",
        kind="senior",
        path=name,
        rows=write_senior(path=run.path(name=name), stated=stated),
        in_post=len(stated.holders()),
        joiners=joiners,
        leavers=leavers,
        movers=movers,
        renames=renames,
    )


def _junior(*, run: Run, stated: Return, index: int) -> Delivery:
    organisation = stated.organisation
    name = run.delivery_name(period=index, organisation=organisation, kind="junior", suffix=".csv")
    return Delivery(
        period=index,
        as_of=run.days[index],
        organisation=organisation.slug,
        feed=f"{organisation.slug}-junior",
        connector="organogram",
        kind="junior",
        path=name,
        rows=write_junior(path=run.path(name=name), stated=stated),
    )
