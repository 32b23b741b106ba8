"""The common scale of grades and list of professions, with each feed's own words for them."""

from django.db import models
from django.db.models.functions import Lower

from directory.models.feeds import Feed


class Grade(models.Model):
    """A step of the common scale; `rank` grows with seniority."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-rank", "code"]
        constraints = [models.UniqueConstraint(Lower("code"), name="grade_code_unique")]

    def __str__(self) -> str:
        return self.name


class Profession(models.Model):
    """A government profession."""

    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("slug"), name="profession_slug_unique"),
            models.UniqueConstraint(Lower("name"), name="profession_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class GradeTranslation(models.Model):
    """What a feed writes for a grade; without a feed it holds for all of them."""

    feed = models.ForeignKey(
        Feed, models.CASCADE, null=True, blank=True, related_name="grade_translations"
    )
    value = models.CharField(max_length=100)
    grade = models.ForeignKey(Grade, models.CASCADE, related_name="translations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "feed", Lower("value"), nulls_distinct=False, name="grade_translation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} = {self.grade}"


class ProfessionTranslation(models.Model):
    """What a feed writes for a profession; without a feed it holds for all of them."""

    feed = models.ForeignKey(
        Feed, models.CASCADE, null=True, blank=True, related_name="profession_translations"
    )
    value = models.CharField(max_length=150)
    profession = models.ForeignKey(Profession, models.CASCADE, related_name="translations")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "feed", Lower("value"), nulls_distinct=False, name="profession_translation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} = {self.profession}"
