"""A file that comes with a form, on the disk where it can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from directory.sync.samples import write_for_us_alone


@contextmanager
def on_disk(*, upload: "UploadedFile[Any]") -> Iterator[Path]:
    """The uploaded file for the length of the block; a large one is on the disk already."""
    if isinstance(upload, TemporaryUploadedFile):
        yield Path(upload.temporary_file_path())
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        write_for_us_alone(path=path, chunks=upload.chunks())
        yield path
