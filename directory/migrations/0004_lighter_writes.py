"""Fewer indexes where another serves, and search entries whose words are folded once."""

import django.db.models.deletion
from django.db import migrations, models

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_vocabulary")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_people",
                to="directory.person",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.F("merged_into"),
                condition=models.Q(("merged_into__isnull", False)),
                name="person_merged_into",
            ),
        ),
        migrations.AlterField(
            model_name="plannedchange",
            name="run",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="directory.feedrun",
            ),
        ),
        migrations.AlterField(
            model_name="searchentry",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_entries",
                to="directory.person",
            ),
        ),
        load(name="fold_text.2", drop=""),
        migrations.RunSQL("DROP FUNCTION project_people(uuid[])", migrations.RunSQL.noop),
        load(
            name="project_people.2",
            drop="DROP FUNCTION project_people(uuid[]); DROP FUNCTION weighted_words(text, text)",
        ),
        # Entries written before are written once more, so that all are read alike.
        migrations.RunSQL(
            "SELECT project_people(coalesce(array_agg(id), '{}')) FROM directory_person",
            migrations.RunSQL.noop,
        ),
    ]
