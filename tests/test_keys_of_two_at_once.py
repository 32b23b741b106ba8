"""
Keys checked once a statement, where transactions are real.

In a file of its own, as it empties tables.
"""

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from directory.models import Post, Team
from tests.people import make_organisation, make_team

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("migrated_rows")]


@pytest.fixture
def elsewhere() -> Any:
    """A second session, which waits for nobody."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    yield other
    other.close()


def test_nothing_ends_while_somebody_begins_to_name_it(elsewhere: Any) -> None:
    spare = make_team("Spare", organisation=make_organisation("Harbours Agency"))
    end = "DELETE FROM directory_team WHERE id = %s"
    with transaction.atomic():
        Post.objects.create(title="Keeper", team=spare)
        with elsewhere.cursor() as cursor, pytest.raises(OperationalError, match="lock timeout"):
            cursor.execute(end, [spare.pk])
    with elsewhere.cursor() as cursor, pytest.raises(IntegrityError, match="still names"):
        cursor.execute(end, [spare.pk])


def test_nobody_names_what_is_about_to_end(elsewhere: Any) -> None:
    spare = make_team("Spare", organisation=make_organisation("Harbours Agency"))
    with transaction.atomic():
        Team.objects.filter(pk=spare.pk).delete()
        with pytest.raises(OperationalError, match="lock timeout"):
            _insert_post(elsewhere, spare.pk)
    with pytest.raises(IntegrityError, match="names in team_id"):
        _insert_post(elsewhere, spare.pk)


def _insert_post(session: Any, team_id: UUID) -> None:
    with session.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_post (id, title, responsibilities, team_id, grade_stated,"
            " profession_stated, contact_email, contact_phone, reference)"
            " VALUES (gen_random_uuid(), 'Keeper', '', %s, '', '', '', '', '')",
            [team_id],
        )
