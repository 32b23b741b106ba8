"""Files that are no deliveries are kept for one feed and for some hours."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from directory.sync.samples import (
    KEPT_FOR,
    NotKept,
    forget_old_samples,
    forget_sample,
    keep_sample,
    kept_sample,
)
from tests.sync.tides import NOW


@pytest.fixture(autouse=True)
def samples_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "SAMPLES_DIR", tmp_path / "samples")


def test_a_sample_is_found_by_its_feed_alone_and_read_by_us_alone() -> None:
    feed_id = uuid4()
    digest = keep_sample(feed_id=feed_id, chunks=[b"old_key,", b"new_key\n"])
    path = kept_sample(feed_id=feed_id, digest=digest)
    assert path.read_bytes() == b"old_key,new_key\n"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(NotKept):
        kept_sample(feed_id=uuid4(), digest=digest)


def test_a_sample_nobody_came_back_to_is_forgotten() -> None:
    feed_id = uuid4()
    old, new = (keep_sample(feed_id=feed_id, chunks=[text]) for text in (b"old", b"new"))
    for digest, age in ((old, KEPT_FOR + timedelta(minutes=1)), (new, timedelta(hours=1))):
        written_at = (NOW - age).timestamp()
        os.utime(kept_sample(feed_id=feed_id, digest=digest), (written_at, written_at))
    forget_old_samples(now=NOW)
    assert kept_sample(feed_id=feed_id, digest=new).is_file()
    with pytest.raises(NotKept):
        kept_sample(feed_id=feed_id, digest=old)


def test_a_digest_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for digest in ("../../secret", "/etc/hostname", ""):
        with pytest.raises(NotKept):
            kept_sample(feed_id=uuid4(), digest=digest)
        forget_sample(feed_id=uuid4(), digest=digest)
    assert (tmp_path / "secret").exists()
