"""A database of a benchmark's own, made by the owner and used by the serving role."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connections


@contextmanager
def own_database(*, name: str) -> Iterator[None]:
    """Make the database `name` afresh, migrate it, point both roles at it, and drop it after."""
    django.setup()
    owner, serving = connections["owner"], connections["default"]
    serving.settings_dict["TEST"]["MIRROR"] = None
    owner.settings_dict["TEST"]["NAME"] = name
    before = owner.settings_dict["NAME"]
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    serving.close()
    serving.settings_dict["NAME"] = name
    try:
        yield
    finally:
        serving.close()
        owner.creation.destroy_test_db(before, verbosity=0)
