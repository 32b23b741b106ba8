"""A feed's tokens: issued by who may decide about the feed, shown once, withdrawn at once."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from directory import grants
from directory.curating.changing import Deed, require_open, write_trail
from directory.curating.remit import FeedRefused, require_decider
from directory.models import Credential, Feed

#: The longest a token may last, in days.
LONGEST_DAYS: Final = 366

#: A token that is replaced works for so many days more, so that its machine can change over.
OVERLAP_DAYS: Final = 7


class NoTokenName(FeedRefused):
    """A token is recognised by the name of the machine that holds it."""


class WrongLifetime(FeedRefused):
    """A token lasts from one day to a year."""


class NoSuchToken(FeedRefused):
    """The feed has no such token, or not any more."""


@transaction.atomic
def issue_token(
    *, feed: Feed, name: str, expires_days: int, actor: User, now: datetime
) -> grants.IssuedToken:
    """
    A new token for a machine that pushes to this feed; the secret is known now and never again.

    :raises FeedRefused: by the name of what speaks against it.
    """
    require_decider(user=actor, feed=feed, now=now)
    require_open(feed=feed)
    if not name.strip():
        raise NoTokenName("Name the machine that will hold the token.")
    if not 1 <= expires_days <= LONGEST_DAYS:
        raise WrongLifetime(f"A token lasts from 1 to {LONGEST_DAYS} days.")
    issued = grants.issue_token(
        name=name.strip()[:100], feed=feed, expires_days=expires_days, now=now
    )
    note = f"For {issued.credential.name}, {issued.key}…, good for {expires_days} days."
    write_trail(feed=feed, deed=Deed.TOKEN_ISSUED, note=note, by=actor, at=now)
    return issued


@transaction.atomic
def replace_token(
    *, feed: Feed, credential_id: UUID, expires_days: int, actor: User, now: datetime
) -> grants.IssuedToken:
    """
    A new token for the machine that holds this one, which works for `OVERLAP_DAYS` more.

    :raises FeedRefused: by the name of what speaks against it.
    """
    require_decider(user=actor, feed=feed, now=now)
    require_open(feed=feed)
    credential = Credential.objects.filter(pk=credential_id, feed=feed).first()
    if credential is None:
        raise NoSuchToken("This token is withdrawn already.")
    if not 1 <= expires_days <= LONGEST_DAYS:
        raise WrongLifetime(f"A token lasts from 1 to {LONGEST_DAYS} days.")
    issued = grants.replace_token(
        credential=credential, expires_days=expires_days, overlap_days=OVERLAP_DAYS, now=now
    )
    note = (
        f"For {credential.name}, {issued.key}…, in place of {credential.token_key}…, which works"
        f" for {OVERLAP_DAYS} days more."
    )
    write_trail(feed=feed, deed=Deed.TOKEN_ISSUED, note=note, by=actor, at=now)
    return issued


@transaction.atomic
def withdraw_token(*, feed: Feed, credential_id: UUID, actor: User, now: datetime) -> None:
    """
    The token opens nothing from now on.

    :raises FeedRefused: by the name of what speaks against it.
    """
    require_decider(user=actor, feed=feed, now=now)
    credential = Credential.objects.filter(pk=credential_id, feed=feed).first()
    if credential is None:
        raise NoSuchToken("This token is withdrawn already.")
    note = f"Of {credential.name}, {credential.token_key}…"
    grants.withdraw_token(credential=credential)
    write_trail(feed=feed, deed=Deed.TOKEN_WITHDRAWN, note=note, by=actor, at=now)
