"""Keys of posts and appointments are checked once a statement, no longer row by row."""

import django.db.models.deletion
from django.db import migrations, models

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0014_vain_searches"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="directory.person",
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="post",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="directory.post",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="grade",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="directory.grade",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="location",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="directory.location",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="profession",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="directory.profession",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="reports_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to="directory.post",
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="team",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="posts",
                to="directory.team",
            ),
        ),
        load(
            name="keys_by_statement.1",
            drop="""
                DROP FUNCTION refuse_missing_named() CASCADE;
                DROP FUNCTION refuse_end_of_named() CASCADE;
                DROP FUNCTION refuse_new_id() CASCADE
            """,
        ),
    ]
