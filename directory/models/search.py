"""
What search reads: a vocabulary, and one entry a person and audience, nothing narrower in it.

Every word and every value of a filter is a term with a number, its token. An entry is the set
of a person's tokens in one GIN index; a question becomes sets of tokens, looked up exactly.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from directory.models.people import Person


class SearchTerm(models.Model):
    """
    A term of the vocabulary; its `id` is the token that entries hold.

    space: "name", "title", "team word" and "tag word" for words as folded, "prefix" for the first
        one to three letters of names; "organisation", "team", "grade", "profession", "location"
        and "tag" for the rows of that name, whose id is the term; "tag expert" for the tag of
        those who are experts in it, or three times endorsed; "trait" for what else a filter asks:
        "works monday", "holds loan", "has expertise".
    people: about how many entries hold it; `SearchTally` has what is not folded in yet.
    """

    id = models.AutoField(primary_key=True)
    space = models.CharField(max_length=12)
    term = models.TextField(db_collation="C")
    people = models.IntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "term"], name="search_term_once")]

    def __str__(self) -> str:
        return f"{self.space} {self.term}"


class SearchTally(models.Model):
    """How many entries more, or fewer, hold a term than it says; added by every transaction."""

    term_id = models.IntegerField()
    people = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.term_id}: {self.people:+}"


class SearchLabel(models.Model):
    """
    A word by which an organisation, team, grade, profession, location or tag is found.

    Kept by the triggers in `sql/search_labels.3.sql`. token: the thing's term. label_words: how
    many words the shortest of its labels has in which this one stands.
    """

    pk = models.CompositePrimaryKey("token", "word")
    kind = models.CharField(max_length=12)
    word = models.TextField(db_collation="C")
    token = models.IntegerField()
    label_words = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "word", "label_words", "token"], name="search_label_found")
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.kind} {self.token}"


class VainSearch(models.Model):
    """
    Words that were searched for on a day and found nobody, and how often: see `search.in_vain`.

    No user and no time: the table tells what people call things, not who looked for whom.
    """

    day = models.DateField()
    words = models.TextField(db_collation="C")
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="vain_search_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.times} times"


class SearchEntry(models.Model):
    """
    What a given audience may find a person by.

    Written by `projection` alone, inside the transaction that changed the person.
    sort_name: folded, family name first. phones: digits of each number, a space between.
    lot: what they drew, once for life (`sql/drawn_lot.1.sql`): one in 8 people
        has 1 or more, one in 64 has 2 or more, and so on, a fair sample each with an index.
    tokens: words, own organisations, teams, grades, professions, locations and tags; traits.
    organisation to location: the tokens of one current post, for counting; `more` has those
        of further posts, days of work and appointments other than substantive; tags those of the
        expertise.
    fullness: how much the record says, 0 to 7.
    audience: government, or organisation for what their own finds them by beyond that.
    narrowed: their own organisation has an entry of its own, and not this one.
    """

    pk = models.CompositePrimaryKey("person_id", "audience")
    # No constraint: entries are computed from people in one statement, and the check would cost
    # as much again; check_directory verifies that each has its person.
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        related_name="search_entries",
        db_index=False,  # the primary key begins with it
        db_constraint=False,
    )
    audience = models.CharField(max_length=12, default="government")
    narrowed = models.BooleanField(default=False, db_default=False)
    lot = models.SmallIntegerField(default=0)
    fullness = models.SmallIntegerField(default=0)
    organisation = models.IntegerField(null=True)
    grade = models.IntegerField(null=True)
    profession = models.IntegerField(null=True)
    location = models.IntegerField(null=True)
    sort_name = models.TextField(db_collation="C")
    email = models.TextField(db_collation="C")
    phones = models.TextField(db_collation="C")
    tokens = ArrayField(models.IntegerField())
    more = ArrayField(models.IntegerField(), null=True)
    tags = ArrayField(models.IntegerField(), null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["tokens"], name="entry_tokens"),
            *(
                GinIndex(
                    fields=["tokens"],
                    name=f"entry_tokens_{8**lot}",
                    condition=models.Q(lot__gte=lot),
                )
                for lot in (1, 2, 3)
            ),
            GinIndex(OpClass("phones", name="gin_trgm_ops"), name="entry_phones"),
            models.Index(fields=["email"], name="entry_email"),
            models.Index(fields=["sort_name"], name="entry_sort_name"),
            models.Index(
                fields=["person"],
                name="entry_narrower",
                condition=~models.Q(audience="government"),
            ),
        ]

    def __str__(self) -> str:
        return self.sort_name
