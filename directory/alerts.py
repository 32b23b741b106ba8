"""Telling administrators at once of what looks like somebody taking the directory away."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.budgets import Budget
from accounts.models import MACHINE_DOMAIN, User
from directory.grants import grants_held
from directory.models import Canary, Credential, Grant, Person, SecurityAlert

_log = logging.getLogger(__name__)


class NotACanary(Exception):
    """The record cannot be one; the message says why."""


def alert(*, kind: SecurityAlert.Kind, by_id: int, text: str, now: datetime) -> None:
    """Keep an alert; the same of the same person in the same hour is one."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    _log.warning("Security alert: %s", kind)
    SecurityAlert.objects.bulk_create(
        [SecurityAlert(kind=kind, by_id=by_id, hour=hour, text=text, made_at=now)],
        ignore_conflicts=True,
    )


def alert_of_canary(*, by_id: int, person_id: UUID, now: datetime) -> None:
    """Keep an alert if whom somebody opened is a canary."""
    if Canary.objects.filter(person=person_id).exists():
        text = f"A record that nobody has to open was opened or downloaded: {person_id}."
        alert(kind=SecurityAlert.Kind.CANARY, by_id=by_id, text=text, now=now)


def alert_of_budget(sender: Any, user: User, budget: Budget, **kwargs: Any) -> None:
    """Keep an alert that somebody asked for more than a person, or a machine, needs."""
    text = f"More {budget.name} were asked for than the {budget.limit} in {budget.seconds} seconds."
    alert(kind=SecurityAlert.Kind.BUDGET, by_id=user.pk, text=text, now=timezone.now())


@transaction.atomic
def place_canary(*, person: Person) -> Canary:
    """
    Make an invented record a canary; the caller projects it, so that no search finds it any more.

    :raises NotACanary: if somebody owns the record, who would be told on for looking at themselves.
    """
    if hasattr(person, "owner"):
        raise NotACanary("Somebody owns this record: a canary is an invented person.")
    return Canary.objects.get_or_create(person=person)[0]


def tell_administrators(*, now: datetime) -> int:
    """
    E-mail what they were not told yet to all administrators; returns how many alerts these were.

    At least once: what was told is noted after the e-mail is handed over.
    """
    untold = list(
        SecurityAlert.objects.filter(told_at=None).select_related("by").order_by("made_at")[:200]
    )
    addresses = _administrators(now=now)
    if not untold or not addresses:
        return 0
    lines = [(one, _who(one)) for one in untold]
    body = render_to_string(
        "notices/security_alerts.txt", {"lines": lines, "public_url": settings.PUBLIC_URL}
    )
    EmailMessage("Security alert from the Civil Directory", body, bcc=addresses).send()
    SecurityAlert.objects.filter(pk__in=[one.pk for one in untold]).update(told_at=now)
    return len(untold)


def _who(one: SecurityAlert) -> str:
    if not one.by.is_machine:
        return one.by.email
    names = Credential.objects.filter(
        token_digest__in=one.by.auth_token_set.values("digest")  # type: ignore[attr-defined] # by knox
    )
    return ", ".join(names.values_list("name", flat=True)) or one.by.email


def _administrators(*, now: datetime) -> list[str]:
    held = grants_held(now=now).filter(role=Grant.Role.ADMINISTRATOR, user__is_active=True)
    held = held.exclude(user__email__endswith=f"@{MACHINE_DOMAIN}")
    return sorted(set(held.values_list("user__email", flat=True)))
