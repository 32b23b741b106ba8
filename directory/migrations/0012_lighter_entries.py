"""
Search entries without a number of their own, written anew: half the time of writing one.

And with the words of their expertise, so that a word that stands in a hundred tags is looked up once;
with the days they work, how they hold their posts and whether they say what they know, to be filtered.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from directory.sql import load


def project_everybody(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("TRUNCATE directory_searchtally")
        cursor.execute("UPDATE directory_searchterm SET people = 0")
        cursor.execute("SELECT prepare_projection()")
        cursor.execute(
            "INSERT INTO directory_searchterm (space, term)"
            " SELECT space, term FROM"
            " gather_people((SELECT coalesce(array_agg(id), '{}') FROM directory_person))"
        )
        cursor.execute("SELECT project_gathered('{}')")
        cursor.execute("SELECT fold_search_tallies()")


class Migration(migrations.Migration):
    dependencies = [("directory", "0011_search_engine")]

    operations = [
        migrations.DeleteModel(name="SearchLabel"),
        migrations.CreateModel(
            name="SearchLabel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("word", models.TextField(db_collation="C")),
                ("token", models.IntegerField()),
                ("label_words", models.SmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["kind", "word", "label_words", "token"], name="search_label_found"
                    )
                ],
            },
        ),
        load(name="search_labels.2", drop=""),
        migrations.RunSQL(
            "DROP INDEX search_term_spellings;"
            "CREATE INDEX search_term_spellings ON directory_searchterm USING gin (spellings(term))"
            " WHERE space IN ('name', 'title', 'team word', 'tag word')",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            """
            DROP FUNCTION fold_search_tallies();
            DROP FUNCTION project_gathered(uuid[]);
            DROP FUNCTION drawn_lots(uuid);
            DROP FUNCTION gather_people(uuid[]);
            DROP FUNCTION prepare_projection()
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "audience",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("audience", models.CharField(default="government", max_length=12)),
                ("lot", models.SmallIntegerField(default=0)),
                ("fullness", models.SmallIntegerField(default=0)),
                ("organisation", models.IntegerField(null=True)),
                ("grade", models.IntegerField(null=True)),
                ("profession", models.IntegerField(null=True)),
                ("location", models.IntegerField(null=True)),
                ("sort_name", models.TextField(db_collation="C")),
                ("email", models.TextField(db_collation="C")),
                ("phones", models.TextField(db_collation="C")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "more",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="directory.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["tokens"], name="entry_tokens"
                    ),
                    *(
                        django.contrib.postgres.indexes.GinIndex(
                            fields=["tokens"],
                            name=f"entry_tokens_{8**lot}",
                            condition=models.Q(("lot__gte", lot)),
                        )
                        for lot in (1, 2, 3)
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("phones", name="gin_trgm_ops"),
                        name="entry_phones",
                    ),
                    models.Index(fields=["email"], name="entry_email"),
                    models.Index(fields=["sort_name"], name="entry_sort_name"),
                ],
            },
        ),
        # Every delivery changes the counts of some terms: with room on their page, nothing of
        # the indexes has to be written for that.
        migrations.RunSQL(
            "ALTER TABLE directory_searchterm SET (fillfactor = 70)",
            "ALTER TABLE directory_searchterm RESET (fillfactor)",
        ),
        load(name="working_days.1", drop="DROP FUNCTION working_days(text)"),
        load(
            name="project_people.4",
            drop="""
                DROP FUNCTION file_new_entries();
                DROP FUNCTION fold_search_tallies();
                DROP FUNCTION project_gathered(uuid[]);
                DROP FUNCTION drawn_lot(uuid);
                DROP FUNCTION gather_people(uuid[]);
                DROP FUNCTION prepare_projection();
            """,
        ),
        migrations.RunSQL(
            "DROP FUNCTION expand_words(text[], integer[], text[], boolean)",
            migrations.RunSQL.noop,
        ),
        load(
            name="expand_words.2",
            drop="DROP FUNCTION expand_words(text[], integer[], text[], boolean)",
        ),
        migrations.RunPython(project_everybody, migrations.RunPython.noop),
    ]
