"""
The cast and how it comes on stage: each function makes one row and projects who it concerns.

Everybody here is invented.
"""

import contextlib
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.text import slugify

from directory.models import (
    Appointment,
    Grade,
    Location,
    Organisation,
    OrganisationParent,
    Person,
    Post,
    Profession,
    Team,
)
from directory.projection import fold_tallies, project_people
from directory.visibility import Viewer

#: Somebody in government who belongs to no body of the stage.
ANYBODY = Viewer(user_id=1)

STAGE_DAY = date(2026, 3, 31)


def make_organisation(
    name: str, *, acronym: str = "", parents: tuple[Organisation, ...] = (), slug: str = ""
) -> Organisation:
    """A live body below its parents."""
    body = Organisation.objects.create(name=name, slug=slug or slugify(name), acronym=acronym)
    for parent in parents:
        OrganisationParent.objects.create(child=body, parent=parent)
    return body


def make_team(name: str, *, organisation: Organisation, parent: Team | None = None) -> Team:
    """A live team, with the path that the database gave it."""
    team = Team.objects.create(
        name=name, slug=slugify(name), organisation=organisation, parent=parent
    )
    team.refresh_from_db(fields=["path"])
    return team


def make_post(
    title: str,
    *,
    team: Team,
    grade: str = "",
    profession: str = "",
    location: str = "",
) -> Post:
    """
    A vacant post.

    grade: code. profession: slug. location: name. Those that do not exist yet are made.
    """
    return Post.objects.create(
        title=title,
        team=team,
        grade=Grade.objects.get_or_create(code=grade, defaults={"name": grade, "rank": 1})[0]
        if grade
        else None,
        profession=Profession.objects.get_or_create(
            slug=profession, defaults={"name": profession.capitalize()}
        )[0]
        if profession
        else None,
        location=Location.objects.get_or_create(name=location)[0] if location else None,
    )


def make_person(
    given: str,
    family: str,
    *,
    title: str = "",
    team: Team | None = None,
    email: str = "",
    preferred: str = "",
    grade: str = "",
    profession: str = "",
    location: str = "",
    listing: str = Person.Listing.GOVERNMENT,
) -> Person:
    """An official in post; with a team they hold a post of their own in it."""
    person = Person.objects.create(
        given_name=given,
        family_name=family,
        preferred_name=preferred,
        display_name=f"{preferred or given} {family}".strip(),
        email=email,
        listing=listing,
    )
    if team:
        post = make_post(title, team=team, grade=grade, profession=profession, location=location)
        appoint(person, post)
    else:
        project(person)
    return person


def appoint(person: Person, post: Post) -> Appointment:
    """The person holds the post as well."""
    appointment = Appointment.objects.create(person=person, post=post, first_stated_on=STAGE_DAY)
    project(person)
    return appointment


def project(*people: Person) -> None:
    """What sync and curation do at the end of every change of a person, and after its commit."""
    if _waiting:
        _waiting[-1].update((person.pk, None) for person in people)
    else:
        _project([person.pk for person in people])


@contextlib.contextmanager
def coming_together() -> Iterator[None]:
    """
    Whoever comes on stage meanwhile is projected at the end, all at once, as a sync does it.

    For a crowd: one by one is several times as slow. Not for somebody whose earlier states
    are to leave their traces.
    """
    _waiting.append({})
    try:
        yield
    finally:
        ids = _waiting.pop()
    _project(list(ids))


#: Whom the blocks under way are to project, each once, in the order of their coming.
_waiting: list[dict[UUID, None]] = []


def _project(ids: list[UUID]) -> None:
    project_people(person_ids=ids)
    fold_tallies()
