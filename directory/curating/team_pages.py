"""What a team says of itself: written by its leader, or whoever curates its organisation."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from directory.curating.remit import remit_of
from directory.grants import current_grants
from directory.models import Grant, Team
from directory.orgtree import stands_within

#: Characters of what a team says of itself, at most.
LONGEST_DESCRIPTION: Final = 2_000


class TeamRefused(Exception):
    """The page was not changed; the message says why."""


class NoSuchTeam(TeamRefused):
    """There is no such team, or none whose page this person writes."""


def led_team(*, user: User, team_id: UUID, now: datetime) -> Team:
    """
    A live team whose page this person writes: theirs, one below theirs, or one they curate.

    :raises NoSuchTeam: if there is none of this id.
    """
    team = Team.objects.filter(pk=team_id, status=Team.Status.LIVE).first()
    if team is None or not _may_write(user=user, team=team, now=now):
        raise NoSuchTeam("You look after no team of this id.")
    return team


@transaction.atomic
def describe_team(*, team_id: UUID, description: str, actor: User, now: datetime) -> Team:
    """
    Say what the team is for; a blank says nothing.

    :raises NoSuchTeam: if it is not the actor's to say.
    :raises TeamRefused: if it is too long.
    """
    team = led_team(user=actor, team_id=team_id, now=now)
    text = description.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise TeamRefused(f"Use {LONGEST_DESCRIPTION:,} characters at most.")
    if text != team.description:
        team.description = text
        team.save(update_fields=["description", "updated_at"])
    return team


def _may_write(*, user: User, team: Team, now: datetime) -> bool:
    remit = remit_of(user=user, now=now)
    if remit.everywhere or team.organisation_id in remit.organisation_ids:
        return True
    led = current_grants(user=user, now=now).filter(role=Grant.Role.TEAM_LEADER)
    return stands_within(team=team, team_ids=led.values_list("team", flat=True))
