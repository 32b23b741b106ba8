"""A list that is too long for one page."""

import pytest
from django.test import Client

from accounts.models import User
from directory.models import Organisation


@pytest.mark.django_db
def test_a_long_list_of_organisations_is_paged(client: Client) -> None:
    client.force_login(User.objects.known_by("reader@cabinet.example.gov.uk"))
    Organisation.objects.bulk_create(
        Organisation(name=f"Pier Board {number:03d}", slug=f"pier-board-{number:03d}")
        for number in range(101)
    )
    first, second = (client.get(f"/organisations/?page={page}") for page in (1, 2))
    assert "Pier Board 099" in first.content.decode()
    assert "Pier Board 100" in second.content.decode()
    assert 'rel="next"' not in second.content.decode()
