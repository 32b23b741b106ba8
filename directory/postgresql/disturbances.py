"""Errors by which a database says “not now”: gone, restarting, locked, out of room."""

import psycopg
from django import db

#: Django wraps the errors of a cursor, and not those of a COPY through it.
DISTURBANCES = (
    db.OperationalError,
    db.InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
