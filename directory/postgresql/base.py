"""The engine named in DATABASES: the stock one, refusing what is unfit at the first connection."""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base

from directory.postgresql.acting import acts_now
from directory.postgresql.fitness import refuse_powerful_role, refuse_unfit_database

#: Alias and database name of those that this process has found fit.
_found_fit: set[tuple[str, str]] = set()


class DatabaseWrapper(base.DatabaseWrapper):
    """Looks at each database once per process, before anything else is asked of it."""

    def init_connection_state(self) -> None:
        """Tell the database for whom this process acts, see `acting`."""
        super().init_connection_state()
        with self.cursor() as cursor:
            cursor.execute("SELECT set_config('directory.acting_for', %s, false)", [acts_now()])

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, or refuse in one sentence, see `fitness`."""
        connection = super().get_new_connection(conn_params)
        key = (self.alias, str(self.settings_dict["NAME"]))
        if key not in _found_fit:
            try:
                refuse_unfit_database(connection)
                if settings.IS_PRODUCTION and self.alias == DEFAULT_DB_ALIAS:
                    refuse_powerful_role(connection)
                connection.rollback()
            except BaseException:
                connection.close()
                raise
            _found_fit.add(key)
        return connection
