"""The number of database queries does not grow with the page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import Expertise, ExpertiseTag, FieldAudience
from tests.api.conftest import Stage
from tests.people import make_organisation, make_person, make_team

#: What finding out who asks takes: the token and its user, that user's other tokens, the scope, and
#: what is left of its budget; telling the database, and that it is over; and keeping the look.
WHO_ASKS = 4 + 3 + 1
#: Savepoint, time limit and its end around a statement of a search.
WITHIN_TIME = 5

PATHS = {
    "/api/v1/people/?size=100": WHO_ASKS + 5,
    "/api/v1/people/?q=quay&size=100": WHO_ASKS + WITHIN_TIME + 1 + 4 + 3,
    "/api/v1/search?q=quay&size=100": WHO_ASKS + 2 * (WITHIN_TIME + 1) + 4 + 3,
    "/api/v1/suggest?q=quay&size=20": WHO_ASKS + WITHIN_TIME + 4,
    "/api/v1/teams/?size=100": WHO_ASKS + WITHIN_TIME + 1 + 1 + 2,
    "/api/v1/organisations/?size=100": WHO_ASKS + WITHIN_TIME + 1 + 3,
    "/api/v1/people/{person}/": WHO_ASKS + 1 + 6,
    "/api/v1/teams/{team}/": WHO_ASKS + 5,
    "/api/v1/organisations/quays-board/": WHO_ASKS + 7,
}


def grow(stage: Stage, *, numbers: range) -> None:
    board = make_organisation(f"Quays Board {numbers.start}", parents=(stage.tides,))
    for number in numbers:
        team = make_team(f"Quay {number}", organisation=board)
        person = make_person("Ines", f"Marrow{number}", title="Quay Master", team=team, grade="HEO")
        tag = ExpertiseTag.objects.create(slug=f"t{number}", preferred_label=f"Tag {number}")
        Expertise.objects.create(person=person, tag=tag)
        FieldAudience.objects.create(person=person, field="email", audience="self")


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", sorted(PATHS))
def test_a_page_takes_the_same_queries_however_long_it_is(
    path: str, stage: Stage, reader: Client
) -> None:
    make_organisation("Quays Board", parents=(stage.tides,))
    grow(stage, numbers=range(3))
    reader.get("/api/v1/organisations/")  # that a token is used is noted now, and not again
    address = path.format(person=stage.people["oyelaran"].pk, team=stage.surges.pk)
    few = count(reader, address)
    grow(stage, numbers=range(10, 60))
    assert count(reader, address) == few
    assert few <= PATHS[path]
