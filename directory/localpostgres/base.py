"""The project's engine, starting the local server at the first connection."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from directory.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the server in `settings.LOCAL_SERVER`."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if the server has died since this process attached to it, start it again."""
        server = settings.LOCAL_SERVER
        if server is None:
            raise ImproperlyConfigured("This engine is for the local server, which is not used.")
        server.attach()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            server.ensure_running()
            return super().get_new_connection(conn_params)
