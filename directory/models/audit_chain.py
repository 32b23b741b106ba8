"""What makes the trail tell when it was rewritten: digests of its rows, chained."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

#: That a table is emptied fires no trigger of its rows.
_ONLY_GROWS = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'the chains of the audit are never emptied';",
    ),
]


class AuditBatch(models.Model):
    """
    The rows that one statement added to one table of the trail.

    Written by the trigger in `sql/audit_chain.1.sql` alone. keys: the rows, in order; digests:
    SHA-256 of each row's `columns`, 32 bytes. said: what the context of the change says, its actor
    among it, as it was then.
    """

    id = models.BigAutoField(primary_key=True)
    chain = models.TextField()
    table_name = models.TextField()
    columns = ArrayField(models.TextField())
    keys = ArrayField(models.TextField())
    digests = ArrayField(models.BinaryField())
    said = models.JSONField(null=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "audit batch"
        verbose_name_plural = "audit batches"
        triggers = _ONLY_GROWS

    def __str__(self) -> str:
        return f"{self.chain}: {len(self.keys)} rows of {self.table_name}"


class AuditLink(models.Model):
    """
    A batch's place in its chain.

    chain: "feed " and a feed's slug, or "rest". sequence: from 1, without a gap. digest: SHA-256
    of `previous`, the digest of the link before, and of the batch.
    """

    pk = models.CompositePrimaryKey("chain", "sequence")
    chain = models.TextField()
    sequence = models.BigIntegerField()
    # No constraint: that each has its batch, and each batch its link, is what is checked.
    batch = models.OneToOneField(AuditBatch, models.DO_NOTHING, db_constraint=False)
    previous = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        verbose_name = "audit link"
        triggers = _ONLY_GROWS

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"
