"""Every run of invented departments is undone, the last first; each leaves what stood before it."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from directory import organisations
from directory.models import Feed, Grant
from directory.synthetic.generate import generate
from tests.sync.rewinding import NOW, broken, differences, rows_held, sync_through, take_back
from tests.sync.tides import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]


def test_undoing_all_runs_from_the_last_leads_back_through_every_state(tmp_path: Path) -> None:
    manifest = generate(tmp_path / "made", people=100, seed=7, periods=3, organisations=8)
    folder = tmp_path / "made"
    document = json.loads((folder / manifest.organisations_file).read_text(encoding="utf-8"))
    organisations.load(document=document, now=NOW)
    actor = user_with("tom.marlow", Grant.Role.ADMINISTRATOR)
    story = []
    for number, delivery in enumerate(manifest.deliveries):
        mapping = [f"--mapping={folder / delivery.mapping}"] if delivery.mapping else []
        call_command(
            "create_feed",
            delivery.feed,
            f"--organisation={delivery.organisation}",
            f"--connector={delivery.connector}",
            *mapping,
            stdout=StringIO(),
        )
        feed = Feed.objects.get(slug=delivery.feed)
        before = rows_held()
        (run,) = sync_through(
            feed,
            folder / delivery.path,
            as_of=delivery.as_of,
            now=NOW + timedelta(seconds=number),
        )
        story.append((run, before))
    for run, before in reversed(story):
        undone = take_back(run, actor)
        assert differences(before, rows_held()) == [], (run.feed.slug, run.as_of)
        assert undone.kept == ()
        changed = ("creations", "updates", "kept", "departures")
        assert undone.returned == sum(run.counts[name] for name in changed)
    assert not broken()
