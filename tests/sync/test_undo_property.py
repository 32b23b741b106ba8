"""Whatever was delivered, undoing the last runs leads back to what stood before them."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directory.models import FeedRun
from tests.sync.rewinding import Rows, broken, differences, rows_held
from tests.sync.survey import Survey, official

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]

KEYS = tuple(f"k{number}" for number in range(1, 6))
CODES = ("T1", "T2", "T3", "T4")

Deliver = Callable[[Survey], FeedRun]


def _some(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *words))


officials = st.builds(
    official,
    st.sampled_from(KEYS),
    family_name=st.sampled_from(("Pellew", "Vane")),
    unit_code=st.sampled_from(CODES),
    manager_key=_some(*KEYS),
    grade=_some("HEO", "G7"),
    job_title=_some("Pilot", "Surveyor"),
    location=_some("Leeds", "Hull"),
    post_key=_some("P1", "P2"),
    status=st.sampled_from(("active", "active", "active", "left")),
    protected=_some("true"),
    expertise=_some("Knots", "Knots;Tides", "Tides"),
)
people = st.lists(officials, max_size=5, unique_by=lambda row: row.split(",")[0])


@st.composite
def _trees(draw: st.DrawFn) -> list[str]:
    """Some teams, each below one that is named before it or below none, so without a loop."""
    named = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
    return [
        f"{code},{draw(_some(*named[:place]))},{draw(st.sampled_from(('Charts', 'Inks')))}"
        for place, code in enumerate(named)
    ]


seniors = st.lists(
    st.fixed_dictionaries(
        {
            "Post Unique Reference": st.sampled_from(("S1", "S2", "S3")),
            "Name": st.sampled_from(("Ada Quill", "Tom Marlow", "Vacant", "N/D", "Eliminated")),
            "Unit": st.sampled_from(("Policy", "Tides")),
            "Reports to Senior Post": st.sampled_from(("XX", "S1", "S2", "S3")),
        }
    ),
    min_size=1,
    max_size=4,
)
juniors = st.lists(
    st.fixed_dictionaries(
        {
            "Reporting Senior Post": st.sampled_from(("S1", "S2")),
            "Unit": st.sampled_from(("Policy", "Inks")),
            "Number of Posts in FTE": st.sampled_from(("1", "2.5")),
        }
    ),
    min_size=1,
    max_size=3,
)
deliveries: st.SearchStrategy[Deliver] = st.one_of(
    st.builds(
        lambda rows, complete: lambda s: s.people(official("k0"), *rows, complete=complete),
        people,
        st.booleans(),
    ),
    st.builds(lambda rows: lambda s: s.teams(*rows), _trees()),
    st.builds(lambda rows: lambda s: s.seniors(*rows), seniors),
    st.builds(lambda rows: lambda s: s.juniors(*rows), juniors),
)


@given(
    story=st.lists(deliveries, min_size=2, max_size=5),
    undone=st.integers(min_value=1, max_value=5),
)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
def test_undoing_the_last_runs_leads_back_to_what_stood_before_them(
    story: list[Deliver], undone: int
) -> None:
    with TemporaryDirectory() as folder, transaction.atomic():
        _rewind(Survey.made(Path(folder)), story, undone)
        transaction.set_rollback(True)


def _rewind(survey: Survey, story: list[Deliver], undone: int) -> None:
    survey.teams("T1,,Charts", "T2,T1,Inks", "T3,T1,Charts")
    told: list[tuple[FeedRun, Rows]] = []
    for deliver in story:
        before = rows_held()
        told.append((deliver(survey), before))
    sound = not broken()
    for run, before in reversed(told[-undone:]):
        assert survey.undo(run).kept == ()
        assert differences(before, rows_held()) == []
    assert not sound or not broken()
