"""
What somebody may curate, and what a machine's token is for.

`accounts` knows who is asking; what they may do to organisations, teams and
feeds is kept here.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from knox.models import AuthToken

from accounts.client_credentials import end_client, register_client
from accounts.models import MACHINE_DOMAIN, User
from directory.models import Credential, CredentialUse, Feed, Grant, Organisation, Team

#: What a role is held on; empty for everywhere, two kinds where both make sense.
ROLE_PLACES: dict[str, tuple[type[Organisation | Team | Feed], ...]] = {
    Grant.Role.OFFICIAL: (),
    Grant.Role.TEAM_LEADER: (Team,),
    Grant.Role.CURATOR: (Organisation,),
    Grant.Role.FEED_OPERATOR: (Feed,),
    Grant.Role.EXPERTISE_CURATOR: (),
    Grant.Role.AUDITOR: (),
    Grant.Role.ADMINISTRATOR: (),
}

Place = Organisation | Team | Feed

#: The longest an operator may let a token last, in days.
LONGEST_TOKEN_DAYS = 731

#: A use that follows another sooner is not noted: a machine asks many times a second.
USE_NOTED_EVERY = timedelta(minutes=5)


class MisplacedRole(Exception):
    """The role is not held on this, or has to be held on something."""


class UnknownPlace(Exception):
    """Nothing of this kind has this name."""


class SelfGranted(Exception):
    """Somebody would give a role to themselves."""


class NoSuchToken(Exception):
    """No credential, or more than one, is meant."""


class UnscopedToken(Exception):
    """The token was not issued for any purpose of the directory, so it opens nothing."""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """
    A new credential.

    token: the secret itself, known here and now and never again.
    key: its visible beginning, by which it is recognised in lists.
    """

    token: str
    key: str
    credential: Credential


@transaction.atomic
def issue_token(
    *,
    name: str,
    feed: Feed | None = None,
    organisation: Organisation | None = None,
    expires_days: int,
    now: datetime,
) -> IssuedToken:
    """
    A credential for one machine: to push to `feed`, or without one to read.

    A reader of one organisation reads what its own people may see, any other what all may.

    Earlier credentials of the same name go on working until they expire, so that a
    machine can change over without a gap.
    """
    machine = User.objects.known_by(
        f"{slugify(name)[:40] or 'machine'}-{secrets.token_hex(8)}@{MACHINE_DOMAIN}"
    )
    expiry = now + timedelta(days=expires_days)
    held, token = AuthToken.objects.create(user=machine, expiry=expiry - timezone.now())
    # The library counts from its own clock: what was promised is what is kept.
    AuthToken.objects.filter(pk=held.pk).update(expiry=expiry)
    credential = Credential.objects.create(
        name=name,
        scope=_scope(feed=feed, organisation=organisation),
        feed=feed,
        organisation=feed.organisation if feed else organisation,
        token_digest=held.digest,
        token_key=held.token_key,
    )
    register_client(held=held, token=token, name=name, scope=credential.scope)
    return IssuedToken(token=token, key=held.token_key, credential=credential)


@transaction.atomic
def replace_token(
    *, credential: Credential, expires_days: int, overlap_days: int, now: datetime
) -> IssuedToken:
    """
    A new token for the same purpose; the one it replaces ends when the machine has changed over.

    overlap_days: so long the old one still works, unless it ends before.
    """
    ends = now + timedelta(days=overlap_days)
    old = AuthToken.objects.filter(digest=credential.token_digest)
    old.filter(Q(expiry=None) | Q(expiry__gt=ends)).update(expiry=ends)
    return issue_token(
        name=credential.name,
        feed=credential.feed,
        organisation=(
            credential.organisation
            if credential.scope == Credential.Scope.READ_ORGANISATION
            else None
        ),
        expires_days=expires_days,
        now=now,
    )


def _scope(*, feed: Feed | None, organisation: Organisation | None) -> Credential.Scope:
    if feed:
        return Credential.Scope.PUSH
    return Credential.Scope.READ_ORGANISATION if organisation else Credential.Scope.READ


@transaction.atomic
def withdraw_token(*, credential: Credential) -> None:
    """The token opens nothing from now on, and its machine is nobody any more."""
    for held in AuthToken.objects.filter(digest=credential.token_digest).select_related("user"):
        held.user.is_active = False
        held.user.save(update_fields=["is_active"])
        held.delete()
    end_client(token_key=credential.token_key)
    credential.delete()


@dataclass(frozen=True, slots=True)
class HeldToken:
    """
    A credential as those who look after them know it.

    expires_at: None once it is over, and its token forgotten. last_used_at: None if never.
    """

    credential: Credential
    expires_at: datetime | None
    last_used_at: datetime | None


def held_tokens(*, feed: Feed | None = None) -> list[HeldToken]:
    """Every credential, or a feed's, the newest first."""
    credentials = Credential.objects.select_related("feed", "use").order_by("-issued_at", "pk")
    if feed:
        credentials = credentials.filter(feed=feed)
    expiries = dict(
        AuthToken.objects.filter(digest__in=[one.token_digest for one in credentials]).values_list(
            "digest", "expiry"
        )
    )
    return [
        HeldToken(
            credential=credential,
            expires_at=expiries.get(credential.token_digest),
            last_used_at=last_use_of(credential=credential),
        )
        for credential in credentials
    ]


def token_with_key(*, key: str) -> Credential:
    """
    The credential whose token is recognised by this beginning, all of it.

    :raises NoSuchToken: if none is, or several are.
    """
    found = list(Credential.objects.filter(token_key=key)[:2])
    if len(found) != 1:
        few = "Several tokens are" if found else "No token is"
        raise NoSuchToken(f"{few} recognised by {key!r}; manage.py tokens lists them.")
    return found[0]


def scope_of(*, auth_token: AuthToken, now: datetime) -> Credential:
    """
    What a token that was accepted is for; that it was used is noted.

    :raises UnscopedToken: if it is for nothing we know.
    """
    try:
        credential = Credential.objects.select_related(
            "feed__organisation", "organisation", "use"
        ).get(token_digest=auth_token.digest)
    except Credential.DoesNotExist:
        raise UnscopedToken("this token was issued for no purpose of the directory") from None
    last_used_at = last_use_of(credential=credential)
    if last_used_at is None or now - last_used_at >= USE_NOTED_EVERY:
        CredentialUse.objects.update_or_create(
            credential=credential, defaults={"last_used_at": now}
        )
    return credential


def last_use_of(*, credential: Credential) -> datetime | None:
    """When the credential was last used, to within `USE_NOTED_EVERY`; None if never."""
    use: CredentialUse | None = getattr(credential, "use", None)
    return use.last_used_at if use else None


def place_named(*, role: str, name: str) -> Place:
    """
    The organisation (`home-office`), team (`home-office/visas/casework`) or feed that is meant.

    :raises MisplacedRole: if the role is held everywhere or nowhere.
    :raises UnknownPlace: if there is none of the kind the role is held on.
    """
    kinds = ROLE_PLACES[role]
    if not kinds:
        raise MisplacedRole(f"The role {role} is held everywhere, not on {name}.")
    if Feed in kinds:
        found: Place | None = Feed.objects.filter(slug__iexact=name).first()
    elif Team in kinds:
        found = _team_at(name)
    else:
        found = Organisation.objects.filter(slug__iexact=name).first()
    if found is None:
        raise UnknownPlace(f"There is no {kinds[0]._meta.verbose_name} {name}.")
    return found


def _team_at(path: str) -> Team | None:
    """The team at an address such as `home-office/visas/casework`: organisation, then slugs."""
    organisation, *slugs = path.strip("/").split("/")
    team: Team | None = None
    for slug in slugs:
        team = Team.objects.filter(
            organisation__slug__iexact=organisation, parent=team, slug__iexact=slug
        ).first()
        if team is None:
            return None
    return team


@transaction.atomic
def grant_role(
    *, user: User, role: str, on: Place | None, until: date | None, granted_by: User | None
) -> Grant:
    """
    Give a role, or give it again with another end; the same call twice changes nothing.

    until: last day of the role, None for no end.
    granted_by: None for the operator at the command line.

    :raises MisplacedRole: if the role is not held on `on`.
    :raises SelfGranted: if somebody gives it to themselves.
    """
    kinds = ROLE_PLACES[role]
    if (on is None) != (not kinds) or (on is not None and not isinstance(on, kinds)):
        wanted = f"on one {kinds[0]._meta.verbose_name}, name it" if kinds else "everywhere"
        raise MisplacedRole(f"The role {role} is held {wanted}.")
    if granted_by == user:
        raise SelfGranted("Nobody gives a role to themselves; ask another curator.")
    grant, made = Grant.objects.get_or_create(
        user=user,
        role=role,
        organisation=on if isinstance(on, Organisation) else None,
        team=on if isinstance(on, Team) else None,
        feed=on if isinstance(on, Feed) else None,
        defaults={"until": until, "granted_by": granted_by},
    )
    if not made and grant.until != until:
        grant.until = until
        grant.granted_by = granted_by
        grant.save(update_fields=["until", "granted_by"])
    return grant


def roles_of(*, user: User, now: datetime) -> list[Grant]:
    """The roles a user holds at this moment, each with what it is held on."""
    return list(
        current_grants(user=user, now=now).select_related(
            "organisation", "team__organisation", "feed__organisation"
        )
    )


def current_grants(*, user: User, now: datetime) -> QuerySet[Grant]:
    """The grants that hold at this moment; none for somebody who may no longer sign in."""
    return grants_held(now=now).filter(user=user) if user.is_active else Grant.objects.none()


def grants_held(*, now: datetime) -> QuerySet[Grant]:
    """Everybody's grants that are not over at this moment."""
    today = timezone.localtime(now).date()
    return Grant.objects.filter(Q(until=None) | Q(until__gte=today))
