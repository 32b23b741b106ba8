"""Who looked at whom."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0024_grant_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("credential_id", models.UUIDField(null=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("page", "opened the page"),
                            ("card", "took the contact card"),
                            ("api", "read by the API"),
                        ],
                        max_length=6,
                    ),
                ),
                ("person_id", models.UUIDField(null=True)),
                ("asked", models.CharField(blank=True, max_length=500)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["by", "at"], name="look_by"),
                    models.Index(
                        condition=models.Q(("person_id__isnull", False)),
                        fields=["person_id", "at"],
                        name="look_at",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="look_time"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="look",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="133770899204a305098b9fac97df1c2074792326",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_92142",
                    table="directory_look",
                    when="BEFORE",
                ),
            ),
        ),
        load(name="look_trail.1", drop="DROP FUNCTION keep_look_batch CASCADE"),
    ]
