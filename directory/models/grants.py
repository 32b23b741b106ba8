"""What somebody may curate, and which feed or organisation a credential speaks for."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from directory.models.feeds import Feed
from directory.models.fields import uuid_key
from directory.models.organisation import Organisation
from directory.models.structure import Team


class Grant(models.Model):
    """A role of one user, on an organisation, a team or a feed, or everywhere."""

    class Role(models.TextChoices):
        OFFICIAL = "official", "Official"
        TEAM_LEADER = "team-leader", "Team leader"
        CURATOR = "curator", "Organisation curator"
        FEED_OPERATOR = "feed-operator", "Feed operator"
        EXPERTISE_CURATOR = "expertise-curator", "Expertise curator"
        AUDITOR = "auditor", "Auditor"
        ADMINISTRATOR = "administrator", "Administrator"

    id = uuid_key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)
    feed = models.ForeignKey(Feed, models.CASCADE, null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "team", "feed"],
                nulls_distinct=False,
                name="grant_once",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by=None) | ~models.Q(granted_by=models.F("user")),
                name="grant_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class GrantProposal(models.Model):
    """
    An administrator proposes another one, whom a second administrator confirms or refuses.

    Nobody has a part in it twice: not as the one proposed, nor as the one who decides.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a second administrator"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"

    id = uuid_key()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "grant proposal"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(state="waiting"),
                name="grant_proposal_waits_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("user"))
                & (
                    models.Q(decided_by=None)
                    | (
                        ~models.Q(decided_by=models.F("user"))
                        & ~models.Q(decided_by=models.F("proposed_by"))
                    )
                ),
                name="grant_proposal_of_three",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", decided_by=None)
                | (~models.Q(state="waiting") & models.Q(decided_by__isnull=False)),
                name="grant_proposal_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.state}"


class Credential(models.Model):
    """
    What a machine's token is for; the token itself is kept hashed in `accounts`' library.

    token_key: the visible beginning by which the token is recognised.
    """

    class Scope(models.TextChoices):
        READ = "read", "Read what all of government may see"
        READ_ORGANISATION = "read-organisation", "Read what one organisation's own people may see"
        PUSH = "push", "Push to one feed"

    id = uuid_key()
    token_digest = models.CharField(max_length=128, unique=True)
    token_key = models.CharField(max_length=25)
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=20, choices=Scope)
    feed = models.ForeignKey(
        Feed, models.CASCADE, null=True, blank=True, related_name="credentials"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="credentials"
    )
    issued_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope="push", feed__isnull=False)
                | models.Q(scope="read", feed=None)
                | models.Q(scope="read-organisation", feed=None, organisation__isnull=False),
                name="credential_pushes_to_one_feed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.scope})"


class CredentialUse(models.Model):
    """
    When a credential was last used, give or take the minutes for which a use is not noted again.

    Apart from the credential, of which every change is a line of the trail.
    """

    credential = models.OneToOneField(
        Credential, models.CASCADE, primary_key=True, related_name="use"
    )
    last_used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.credential_id}: {self.last_used_at}"
