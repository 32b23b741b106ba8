"""What people know: a governed vocabulary, and who claims which term of it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now

from directory.models.fields import uuid_key
from directory.models.people import Person


class ExpertiseTag(models.Model):
    """
    A term of the vocabulary; its relations are those of SKOS
    (https://www.w3.org/TR/skos-reference/): broader, narrower, related.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        MERGED = "merged", "Merged into another"

    id = uuid_key()
    slug = models.SlugField(max_length=200)
    preferred_label = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=Status, default=Status.PROPOSED, db_default="proposed"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_tags"
    )
    broader = models.ManyToManyField(
        "self", symmetrical=False, related_name="narrower", through="BroaderTag"
    )
    related = models.ManyToManyField("self", symmetrical=True)
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    class Meta:
        ordering = ["preferred_label"]
        constraints = [
            models.UniqueConstraint(Lower("preferred_label"), name="tag_label_unique"),
            models.UniqueConstraint(Lower("slug"), name="tag_slug_unique"),
            models.CheckConstraint(
                condition=models.Q(status="merged", merged_into__isnull=False)
                | (~models.Q(status="merged") & models.Q(merged_into=None)),
                name="tag_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="tag_not_merged_into_self"
            ),
        ]

    def __str__(self) -> str:
        return self.preferred_label


class AlternativeLabel(models.Model):
    """Another word for a tag, found in search and never shown as the tag's name."""

    tag = models.ForeignKey(ExpertiseTag, models.CASCADE, related_name="alternative_labels")
    label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint("tag", Lower("label"), name="alternative_label_once")
        ]

    def __str__(self) -> str:
        return self.label


class BroaderTag(models.Model):
    """One tag is wider than another."""

    from_tag = models.ForeignKey(ExpertiseTag, models.CASCADE, related_name="broader_links")
    to_tag = models.ForeignKey(ExpertiseTag, models.CASCADE, related_name="narrower_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_tag", "to_tag"], name="broader_once"),
            models.CheckConstraint(
                condition=~models.Q(from_tag=models.F("to_tag")), name="tag_not_own_broader"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_tag_id} is broader than {self.from_tag_id}"


class Expertise(models.Model):
    """A person's claim on a tag."""

    class Level(models.TextChoices):
        UNSTATED = "", "Not stated"
        AWARENESS = "awareness", "Awareness"
        WORKING = "working", "Working"
        PRACTITIONER = "practitioner", "Practitioner"
        EXPERT = "expert", "Expert"

    id = uuid_key()
    person = models.ForeignKey(Person, models.CASCADE, related_name="expertise")
    tag = models.ForeignKey(ExpertiseTag, models.PROTECT, related_name="claims")
    level = models.CharField(max_length=12, choices=Level, blank=True, default="", db_default="")
    source = models.ForeignKey("SourceRecord", models.PROTECT, null=True, blank=True)
    stated_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="expertise_once")]
        verbose_name_plural = "expertise"

    def __str__(self) -> str:
        return f"{self.person_id}: {self.tag_id}"


class Endorsement(models.Model):
    """A colleague confirms somebody's expertise, once each."""

    expertise = models.ForeignKey(Expertise, models.CASCADE, related_name="endorsements")
    endorsed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    endorsed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["expertise", "endorsed_by"], name="endorsed_once")
        ]

    def __str__(self) -> str:
        return f"{self.endorsed_by_id} on {self.expertise_id}"
