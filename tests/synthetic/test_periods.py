"""From one period to the next the files change as the manifest says, and no more."""

from .conftest import PEOPLE, Feeds, Row, in_post


def test_period_0_names_exactly_as_many_people_as_asked_for(feeds: Feeds) -> None:
    first = [one for one in feeds.of_kind("people", "senior") if one.period == 0]
    assert sum(one.in_post for one in first) == PEOPLE
    assert sum(one.people for one in feeds.manifest.organisations) == PEOPLE
    assert all(one.joiners == one.in_post for one in first)


def test_joiners_leavers_movers_and_renames_are_those_of_the_manifest(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people"):
        if delivery.period == 0:
            continue
        before = in_post(feeds.rows(feeds.before(delivery)))
        rows = feeds.rows(delivery)
        after = in_post(rows)
        both = before.keys() & after.keys()
        assert delivery.joiners == len(after.keys() - before.keys())
        assert delivery.leavers == len(before.keys() - after.keys())
        assert delivery.leavers_marked == len(rows) - len(after)
        assert delivery.movers == sum(_place(before[key]) != _place(after[key]) for key in both)
        assert delivery.renames == sum(_name(before[key]) != _name(after[key]) for key in both)
        assert min(delivery.joiners, delivery.leavers, delivery.movers, delivery.renames) > 0


def test_a_row_marked_as_left_was_there_before_and_is_gone_after(feeds: Feeds) -> None:
    marked: dict[str, set[str]] = {}
    for delivery in feeds.of_kind("people"):
        rows = feeds.rows(delivery)
        left = {row["source_key"] for row in rows if row["status"] == "left"}
        if delivery.period:
            assert left <= in_post(feeds.rows(feeds.before(delivery))).keys()
            assert not marked[delivery.feed] & {row["source_key"] for row in rows}
        marked[delivery.feed] = left


def test_so_few_leave_that_no_file_looks_cut_short(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people", "senior"):
        if delivery.period == 0:
            continue
        before = feeds.before(delivery).in_post
        assert delivery.leavers <= (5 if before < 200 else before * 0.05)


def test_each_period_renames_teams_and_adds_one(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("teams"):
        if delivery.period == 0:
            continue
        before, after = (
            {row["unit_code"]: row["name"] for row in feeds.rows(one)}
            for one in (feeds.before(delivery), delivery)
        )
        assert len(after) == delivery.rows
        assert before.keys() < after.keys()
        assert delivery.joiners == len(after) - len(before) == 1
        assert delivery.renames == sum(before[code] != after[code] for code in before) > 0


def test_a_mover_between_organisations_leaves_one_and_arrives_in_the_other(feeds: Feeds) -> None:
    people = {(one.feed, one.period): in_post(feeds.rows(one)) for one in feeds.of_kind("people")}
    assert len(feeds.manifest.moves) > PEOPLE * 0.01
    for move in feeds.manifest.moves:
        for period in range(feeds.manifest.periods):
            origin = people[move.from_feed, period].get(move.from_key)
            destination = people[move.to_feed, period].get(move.to_key)
            assert (origin is not None) == (period < move.leaves_in)
            assert (destination is not None) == (period >= move.arrives_in)
            for row in (origin, destination):
                assert row is None or _name(row) == (move.given_name, move.family_name)
        assert move.from_feed != move.to_feed


def test_movers_between_organisations_change_their_address_and_keep_their_expertise(
    feeds: Feeds,
) -> None:
    people = {(one.feed, one.period): in_post(feeds.rows(one)) for one in feeds.of_kind("people")}
    for move in feeds.manifest.moves:
        origin = people[move.from_feed, 0][move.from_key]
        destination = people[move.to_feed, move.arrives_in][move.to_key]
        assert origin["email"] != destination["email"]
        assert origin["expertise"] == destination["expertise"]


def test_some_movers_overlap_and_some_leave_a_gap(feeds: Feeds) -> None:
    apart = {
        "clean": lambda move: move.arrives_in == move.leaves_in,
        "overlap": lambda move: move.arrives_in < move.leaves_in,
        "gap": lambda move: move.arrives_in > move.leaves_in,
    }
    assert {move.manner for move in feeds.manifest.moves} == set(apart)
    assert all(apart[move.manner](move) for move in feeds.manifest.moves)


def test_whoever_is_renamed_keeps_key_and_given_name(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people"):
        if delivery.period == 0:
            continue
        before = in_post(feeds.rows(feeds.before(delivery)))
        for key, row in in_post(feeds.rows(delivery)).items():
            if key in before:
                assert row["given_name"] == before[key]["given_name"]


def _place(row: Row) -> tuple[str, str, str]:
    return row["unit_code"], row["job_title"], row["grade"]


def _name(row: Row) -> tuple[str, str]:
    return row["given_name"], row["family_name"]
