"""A database of a benchmark's own, made by the owner and used by the serving role."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django
from django.db import connections


@contextmanager
def own_database(*, name: str) -> Iterator[Callable[[], None]]:
    """
    Make the database `name` afresh, migrate it, point both roles at it, and drop it after.

    Yields what vacuums and analyses it, as PostgreSQL does by itself a minute or so later.
    """
    django.setup()
    owner, serving = connections["owner"], connections["default"]
    serving.settings_dict["TEST"]["MIRROR"] = None
    owner.settings_dict["TEST"]["NAME"] = name
    before = owner.settings_dict["NAME"]
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    serving.close()
    serving.settings_dict["NAME"] = name

    def vacuum() -> None:
        with owner.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    try:
        yield vacuum
    finally:
        serving.close()
        owner.creation.destroy_test_db(before, verbosity=0)
