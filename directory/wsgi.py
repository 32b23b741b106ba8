"""
What gunicorn serves: `gunicorn --no-control-socket directory.wsgi`.

A wrong setting or an unfit database ends the start with one sentence.
"""

import os
import sys
from typing import NoReturn

#: gunicorn takes this exit status of a worker for "cannot start" and does not try for ever.
WORKER_BOOT_ERROR = 3


def _refuse(reason: object) -> NoReturn:
    print(reason, file=sys.stderr, flush=True)
    sys.exit(WORKER_BOOT_ERROR)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
try:
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
except SystemExit as refusal:
    _refuse(refusal)

from django.db import OperationalError, connection  # noqa: E402

from directory.localpostgres import LocalPostgresError  # noqa: E402
from directory.postgresql.acting import serve_requests_only  # noqa: E402
from directory.postgresql.fitness import UnfitDatabase  # noqa: E402

serve_requests_only()

try:
    connection.ensure_connection()
except (LocalPostgresError, UnfitDatabase) as refusal:
    _refuse(refusal)
except OperationalError as error:
    reason = " ".join(str(error).split())
    _refuse(f"DATABASE_URL: set it to a server that lets us in ({reason}).")
finally:
    connection.close()
