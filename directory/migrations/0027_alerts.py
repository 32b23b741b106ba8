"""Canaries, and what administrators are told of at once."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from directory.sql import load

#: Whoever is listed, or shows something, to their own organisation alone is found by it from now on.
_PROJECT = """
DO $$
DECLARE
    ids uuid[];
BEGIN
    SELECT array_agg(id) INTO ids FROM directory_person
     WHERE listing = 'organisation' OR id IN (SELECT person_id FROM directory_fieldaudience);
    IF ids IS NOT NULL THEN
        PERFORM prepare_projection();
        INSERT INTO directory_searchterm (space, term)
        SELECT space, term FROM gather_people(ids) ON CONFLICT DO NOTHING;
        PERFORM project_gathered(ids);
    END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0026_private_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "placed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="canary",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "canaries",
            },
        ),
        migrations.CreateModel(
            name="SecurityAlert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("canary", "A canary was opened or downloaded"),
                            ("budget", "A budget is used up"),
                        ],
                        max_length=10,
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["made_at"],
                        name="security_alert_untold",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "by", "hour"), name="security_alert_once"
                    )
                ],
            },
        ),
        load(name="prepare_projection.1", drop=""),
        load(name="gather_people.6", drop=""),
        load(name="project_gathered.6", drop=""),
        migrations.RunSQL(sql=_PROJECT, reverse_sql=migrations.RunSQL.noop),
    ]
