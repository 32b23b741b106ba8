"""Whoever writes what an organisation's feeds say does so one after the other."""

from uuid import UUID

from directory.postgresql.advisory_locks import Namespace, wait_for


def wait_for_turn(*, organisation_id: UUID) -> None:
    """
    Wait for others who write for this organisation's feeds; other organisations are not held up.

    The turn ends with the transaction.
    """
    wait_for(namespace=Namespace.TURN, name=str(organisation_id))
