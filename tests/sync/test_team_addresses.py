"""Teams of one name stand side by side, each at an address of its own."""

from pathlib import Path

import pytest

from directory.models import Team
from tests.sync.survey import Survey

pytestmark = pytest.mark.django_db


def test_two_teams_of_one_name_move_below_the_same_team(tmp_path: Path) -> None:
    survey = Survey.made(tmp_path)
    survey.teams("T1,,Soundings", "T2,,Tides", "T3,T1,Charts", "T4,T2,Charts", "T5,,Waters")
    survey.teams("T1,,Soundings", "T2,,Tides", "T3,T5,Charts", "T4,T5,Charts", "T5,,Waters")
    slugs = set(Team.objects.filter(parent__code="T5").values_list("slug", flat=True))
    assert len(slugs) == 2
    assert all(slug.startswith("charts-") for slug in slugs)
