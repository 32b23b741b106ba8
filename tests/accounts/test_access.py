"""What is kept of those who signed in, and when the service is ready."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_what_a_signed_in_person_saw_is_kept_in_no_cache(client: Client) -> None:
    client.force_login(User.objects.known_by("ann@example.gov.uk"))
    response = client.get("/")
    assert response.status_code == 200
    assert set(response["Cache-Control"].split(", ")) >= {"no-store", "private"}


def test_a_users_address_is_unique_whatever_its_case() -> None:
    from django.db import IntegrityError, transaction

    User.objects.known_by("ann@example.gov.uk")
    for address in ("Ann@example.gov.uk", "ann@example.gov.uk"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=address)


def test_ready_means_that_no_migration_is_missing(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    assert client.get("/readyz").status_code == 200
    MigrationRecorder.Migration.objects.filter(app="knox").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready: migrations are missing\n"
