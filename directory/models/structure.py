"""Teams inside an organisation, and the posts in them."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.feeds import Feed
from directory.models.fields import LtreeField, uuid_key
from directory.models.locations import Location
from directory.models.organisation import Organisation
from directory.models.vocabulary import Grade, Profession


class Team(models.Model):
    """
    A unit inside one organisation; teams form a tree.

    `path` is kept by the trigger in `sql/team_path.1.sql`, which also refuses a
    team below itself and a parent in another organisation.
    """

    class Status(models.TextChoices):
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    id = uuid_key()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    #: Computed by the database; what Python writes into it is never looked at.
    path = LtreeField(editable=False, default="", db_default="")
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=200)
    #: The feed's own code for the unit; empty for a team made by a curator.
    code = models.CharField(max_length=200, blank=True)
    feed = models.ForeignKey(Feed, models.PROTECT, null=True, blank=True, related_name="teams")
    description = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.LIVE, db_default="live")
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "parent",
                Lower("slug"),
                nulls_distinct=False,
                name="team_slug_unique_among_siblings",
            ),
            models.UniqueConstraint(
                "feed", "code", condition=~models.Q(code=""), name="team_code_unique_in_feed"
            ),
            models.CheckConstraint(
                condition=~models.Q(slug="") & ~models.Q(name=""), name="team_is_named"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="team_not_own_parent"
            ),
        ]
        indexes = [GistIndex(fields=["path"], name="team_path")]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """
    A position in a team, whether or not somebody holds it.

    A post may stand for several counted, unnamed ones (`posts_fte`, in full-time
    equivalents), or be filled with its holder undisclosed. `implied` posts come
    from feeds that name people and not posts: they end with their holder.
    Keys that nobody looks posts up by have no index: a run writes them by the hundred thousand.
    Triggers check its keys, once a statement (`sql/keys_by_statement.1.sql`), and refuse a
    reporting line that leads back to itself (`sql/post_reports_to.3.sql`).
    """

    class Status(models.TextChoices):
        LIVE = "live", "Live"
        CLOSED = "closed", "Closed"

    id = uuid_key()
    team = models.ForeignKey(Team, models.PROTECT, related_name="posts", db_constraint=False)
    title = models.CharField(max_length=300, blank=True)
    responsibilities = models.TextField(blank=True)
    grade = models.ForeignKey(
        Grade,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        db_index=False,
        db_constraint=False,
    )
    grade_stated = models.CharField(max_length=100, blank=True)
    profession = models.ForeignKey(
        Profession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        db_index=False,
        db_constraint=False,
    )
    profession_stated = models.CharField(max_length=150, blank=True)
    location = models.ForeignKey(
        Location,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        db_index=False,
        db_constraint=False,
    )
    reports_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        db_constraint=False,
    )
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=100, blank=True)
    posts_fte = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    holder_undisclosed = models.BooleanField(default=False, db_default=False)
    implied = models.BooleanField(default=False, db_default=False)
    feed = models.ForeignKey(
        Feed,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        db_index=False,
        db_constraint=False,
    )
    #: The post's reference in its feed; for an implied post that of its holder.
    reference = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.LIVE, db_default="live")
    closed_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                "feed",
                "reference",
                condition=models.Q(status="live") & ~models.Q(reference=""),
                name="post_reference_unique_in_feed",
            ),
            models.CheckConstraint(
                condition=~models.Q(reports_to=models.F("id")), name="post_not_own_manager"
            ),
            models.CheckConstraint(
                condition=models.Q(posts_fte=None) | models.Q(posts_fte__gt=0),
                name="post_counts_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(status="closed") | models.Q(closed_on=None),
                name="post_live_has_no_closing_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference
