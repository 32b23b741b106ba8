"""Keys that the database checks once a statement hold as those do that it checks row by row."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from directory.models import Appointment, Person, Post, Team
from tests.people import make_organisation, make_person, make_post, make_team

pytestmark = pytest.mark.django_db

KEYS = [
    (Post, "team"),
    (Post, "grade"),
    (Post, "profession"),
    (Post, "location"),
    (Post, "reports_to"),
    (Appointment, "person"),
    (Appointment, "post"),
]
NAMES = [f"{model._meta.model_name} {key}" for model, key in KEYS]


@pytest.fixture
def pilot() -> Person:
    """Holds a post all of whose keys name something."""
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency"))
    person = make_person(
        "Tamsin", "Okoro", title="Pilot", team=team, grade="SEO", profession="sea", location="Pier"
    )
    Post.objects.filter(title="Pilot").update(reports_to=make_post("Harbour Master", team=team))
    return person


def named_by(model: type[Post | Appointment], key: str) -> Any:
    """The row that the pilot's post, or the appointment to it, names."""
    rows = model.objects.filter(title="Pilot") if model is Post else model.objects.all()
    return getattr(rows.get(), key)


def no_such(row: Any) -> UUID | int:
    return uuid4() if isinstance(row.pk, UUID) else row.pk + 1_000


@pytest.mark.parametrize(("model", "key"), KEYS, ids=NAMES)
def test_a_new_row_names_what_there_is(
    pilot: Person, model: type[Post | Appointment], key: str
) -> None:
    row: Any = model.objects.get(title="Pilot") if model is Post else model.objects.get()
    setattr(row, f"{key}_id", no_such(named_by(model, key)))
    row.pk = uuid4()
    with pytest.raises(IntegrityError, match=f"names in {key}_id"):
        row.save(force_insert=True)


@pytest.mark.parametrize(("model", "key"), KEYS, ids=NAMES)
def test_a_changed_row_names_what_there_is(
    pilot: Person, model: type[Post | Appointment], key: str
) -> None:
    missing = no_such(named_by(model, key))
    with pytest.raises(IntegrityError, match=f"names in {key}_id"):
        model.objects.update(**{f"{key}_id": missing})


@pytest.mark.parametrize(("model", "key"), KEYS, ids=NAMES)
def test_what_a_row_names_does_not_end(
    pilot: Person, model: type[Post | Appointment], key: str
) -> None:
    # Straight to the database: Django would look for what names it by itself.
    named = named_by(model, key)
    with pytest.raises(IntegrityError, match="still names"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {named._meta.db_table} WHERE id = %s", [named.pk])
    assert type(named).objects.filter(pk=named.pk).exists()


@pytest.mark.parametrize(("model", "key"), KEYS, ids=NAMES)
def test_what_is_named_keeps_its_id(
    pilot: Person, model: type[Post | Appointment], key: str
) -> None:
    named = named_by(model, key)
    with pytest.raises(IntegrityError, match="is for life"):
        type(named).objects.filter(pk=named.pk).update(id=no_such(named))


def test_rows_that_name_each_other_come_together(pilot: Person) -> None:
    team = Team.objects.get()
    master = Post(title="Deputy", team=team)
    Post.objects.bulk_create([Post(title="Mate", team=team, reports_to=master), master])
    assert Post.objects.get(title="Mate").reports_to == master
