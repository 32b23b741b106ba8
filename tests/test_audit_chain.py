"""The trail tells when it was rewritten, by its owner or by somebody who may do everything."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.test import override_settings

from accounts.models import User
from directory.audit_heads import UnreadableHeads, export_heads, exported_heads
from directory.checking.audit import check_audit
from directory.models import AuditBatch, AuditLink, Organisation, SearchExport
from directory.postgresql.grants import CHAIN_TABLES, append_only_tables

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
EVENTS = "directory_organisationevent"


def broken() -> dict[str, tuple[str, ...]]:
    """What does not hold of the trail, with the rows that are named."""
    return {
        invariant.name: found.examples for invariant, found in check_audit(heads=[]) if found.count
    }


@contextmanager
def rewriting(*, table: str) -> Iterator[Any]:
    """A cursor for whom no trigger of the table fires, as for one who may do everything."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield cursor
        finally:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def three() -> list[Organisation]:
    """Three organisations, each written by a transaction of its own, the last one twice."""
    made = [
        Organisation.objects.create(slug=name, name=name.title())
        for name in ("harbours", "soundings", "tides")
    ]
    with pghistory.context(user=7, reason="A new name by statute"):
        made[2].name = "Tides Authority"
        made[2].save()
    return made


def test_every_table_of_the_trail_is_chained() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'chained'")
        chained = {table for (table,) in cursor.fetchall()}
    present = connection.introspection.table_names()
    assert chained == set(append_only_tables(present=present)) - CHAIN_TABLES


def test_an_untouched_trail_holds(three: list[Organisation]) -> None:
    assert broken() == {}
    assert list(AuditLink.objects.values_list("chain", "sequence").order_by("sequence")) == [
        ("rest", 1), ("rest", 2), ("rest", 3), ("rest", 4),
    ]  # fmt: skip
    assert AuditBatch.objects.latest("id").said == {
        "user": 7, "reason": "A new name by statute",
    }  # fmt: skip


def test_what_is_rolled_back_leaves_no_link(three: list[Organisation]) -> None:
    with transaction.atomic():
        Organisation.objects.create(slug="lights", name="Lights")
        transaction.set_rollback(True)
    Organisation.objects.create(slug="wrecks", name="Wrecks")
    assert AuditLink.objects.count() == 5
    assert broken() == {}


def test_a_feed_has_a_chain_of_its_own(three: list[Organisation]) -> None:
    with transaction.atomic(), pghistory.context(run="1", feed="tides-staff"):
        three[0].name = "Harbours Agency"
        three[0].save()
    assert AuditLink.objects.get(chain="feed tides-staff").sequence == 1
    assert broken() == {}


def test_an_edited_export_is_located() -> None:
    """A row of no context, which says itself who and why."""
    curator = User.objects.known_by("maya.holt@example.gov.uk")
    made = SearchExport.objects.create(
        by=curator, asked="q=pilot", words="pilot", reason="A list for the tide tables", people=3
    )
    assert broken() == {}
    with rewriting(table="directory_searchexport") as cursor:
        cursor.execute("UPDATE directory_searchexport SET people = 2")
    assert broken() == {
        "directory_searchexport_is_as_written": (f"directory_searchexport {made.pk}",)
    }


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {EVENTS} SET name = name",
        f"DELETE FROM {EVENTS}",
        "UPDATE directory_auditbatch SET chain = chain",
        "DELETE FROM directory_auditbatch",
        "TRUNCATE directory_auditbatch",
        "UPDATE directory_auditlink SET digest = digest",
        "DELETE FROM directory_auditlink",
        "TRUNCATE directory_auditlink",
    ],
)
def test_the_owner_changes_nothing(three: list[Organisation], statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"Cannot update or delete|never emptied")
    with refused, connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", sorted(CHAIN_TABLES))
def test_the_serving_role_adds_nothing_to_a_chain(table: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} DEFAULT VALUES")


def test_an_edited_row_is_located(three: list[Organisation]) -> None:
    with rewriting(table=EVENTS) as cursor:
        cursor.execute(f"UPDATE {EVENTS} SET name = 'Forged' WHERE slug = 'soundings'")
        cursor.execute(f"SELECT pgh_id FROM {EVENTS} WHERE slug = 'soundings'")
        (edited,) = cursor.fetchone()
    assert broken() == {f"{EVENTS}_is_as_written": (f"{EVENTS} {edited}",)}


def test_a_missing_row_is_located(three: list[Organisation]) -> None:
    with rewriting(table=EVENTS) as cursor:
        cursor.execute(f"SELECT pgh_id FROM {EVENTS} WHERE slug = 'soundings'")
        (missing,) = cursor.fetchone()
        cursor.execute(f"DELETE FROM {EVENTS} WHERE slug = 'soundings'")
    assert broken() == {f"{EVENTS}_is_kept": (f"{EVENTS} {missing}",)}


def test_a_row_slipped_in_is_located(three: list[Organisation]) -> None:
    with rewriting(table=EVENTS) as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE forged AS SELECT * FROM {EVENTS} LIMIT 1")
        cursor.execute("UPDATE forged SET pgh_id = 900000")
        cursor.execute(f"INSERT INTO {EVENTS} SELECT * FROM forged")
        cursor.execute("DROP TABLE forged")
    assert broken() == {f"{EVENTS}_is_kept": (f"{EVENTS} 900000",)}


def test_another_actor_is_located(three: list[Organisation]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE pghistory_context SET metadata = jsonb_set(metadata, '{user}', '8')")
        cursor.execute(f"SELECT max(pgh_id) FROM {EVENTS}")
        (last,) = cursor.fetchone()
    assert broken() == {f"{EVENTS}_says_who": (f"{EVENTS} {last}",)}


def test_a_rewritten_batch_breaks_its_link(three: list[Organisation]) -> None:
    """Somebody who edits a row and then its digest is found by the chain."""
    with rewriting(table="directory_auditbatch") as cursor:
        cursor.execute(
            "UPDATE directory_auditbatch SET digests = ARRAY[sha256('forged')]"
            " WHERE id = (SELECT batch_id FROM directory_auditlink WHERE sequence = 2)"
        )
    found = broken()
    assert found["audit_link_fits"] == ("rest 2",)
    assert f"{EVENTS}_is_as_written" in found


def test_a_link_taken_out_leaves_a_gap(three: list[Organisation]) -> None:
    with rewriting(table="directory_auditlink") as cursor:
        cursor.execute("DELETE FROM directory_auditlink WHERE sequence = 2")
    found = broken()
    assert found["audit_chain_is_whole"] == ("rest 3",)
    assert len(found["audit_batch_is_linked"]) == 1


def test_a_chain_cut_short_is_missed_by_its_head(three: list[Organisation], tmp_path: Path) -> None:
    """The last rows taken out with their batches and links leave nothing else behind."""
    path = tmp_path / "heads.jsonl"
    assert export_heads(path=path, now=NOW) == 1
    assert export_heads(path=path, now=NOW) == 0
    with rewriting(table="directory_auditlink") as cursor:
        cursor.execute("DELETE FROM directory_auditlink WHERE sequence = 4 RETURNING batch_id")
        (batch,) = cursor.fetchone()
    with rewriting(table="directory_auditbatch") as cursor:
        cursor.execute("DELETE FROM directory_auditbatch WHERE id = %s RETURNING keys[1]", [batch])
        (key,) = cursor.fetchone()
    with rewriting(table=EVENTS) as cursor:
        cursor.execute(f"DELETE FROM {EVENTS} WHERE pgh_id = %s", [int(key)])
    assert broken() == {}
    out = StringIO()
    with override_settings(AUDIT_HEADS_FILE=path), pytest.raises(CommandError, match="1 of"):
        call_command("check_directory", audit=True, stdout=out)
    assert "(audit_head_is_held) 1: rest 4" in out.getvalue()


def test_the_command_says_that_the_trail_holds(three: list[Organisation], tmp_path: Path) -> None:
    path = tmp_path / "audit" / "heads.jsonl"
    export_heads(path=path, now=NOW)
    out = StringIO()
    with override_settings(AUDIT_HEADS_FILE=path):
        call_command("check_directory", audit=True, stdout=out)
        call_command("flush", interactive=False, verbosity=0)
    assert "Heads written down" in out.getvalue()
    assert "invariants hold." in out.getvalue()
    assert exported_heads(path=path) == []  # emptied on purpose, by the owner


def test_a_damaged_file_of_heads_is_named(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    path.write_text(json.dumps({"heads": [{"chain": "rest"}]}) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableHeads, match="Line 1"):
        exported_heads(path=path)


def test_two_at_once_make_one_chain() -> None:
    def write(number: int) -> None:
        try:
            for each in range(10):
                Organisation.objects.create(slug=f"body-{number}-{each}", name="Body")
        finally:
            connection.close()

    writers = [Thread(target=write, args=[number]) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert AuditLink.objects.count() == 30
    assert broken() == {}
