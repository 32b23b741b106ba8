"""Search by a vocabulary: terms, labels, and entries that hold tokens instead of words."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.contrib.postgres.operations import CreateExtension, TrigramExtension
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from directory.sql import load


def project_everybody(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT prepare_projection()")
        cursor.execute(
            "INSERT INTO directory_searchterm (space, term)"
            " SELECT space, term FROM"
            " gather_people((SELECT coalesce(array_agg(id), '{}') FROM directory_person))"
        )
        cursor.execute("SELECT project_gathered('{}')")
        cursor.execute("SELECT fold_search_tallies()")


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_feed_trail")]

    operations = [
        TrigramExtension(),
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(
            "DROP FUNCTION project_people(uuid[]); DROP FUNCTION weighted_words(text, text)",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("space", models.CharField(max_length=12)),
                ("term", models.TextField(db_collation="C")),
                ("people", models.IntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "term"), name="search_term_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term_id", models.IntegerField()),
                ("people", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("word", models.TextField(db_collation="C")),
                ("token", models.IntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["word", "kind", "token"], name="search_label_word")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("token", "word"), name="search_label_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("audience", models.CharField(default="government", max_length=12)),
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
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("phones", name="gin_trgm_ops"),
                        name="entry_phones",
                    ),
                    models.Index(fields=["email"], name="entry_email"),
                    models.Index(fields=["sort_name"], name="entry_sort_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "audience"), name="entry_once")
                ],
            },
        ),
        load(
            name="search_words.1",
            drop="""
                DROP FUNCTION spellings(text);
                DROP FUNCTION name_words(text);
                DROP FUNCTION latin_letters(text);
                DROP FUNCTION text_words(text);
            """,
        ),
        migrations.RunSQL(
            "CREATE INDEX search_term_spellings ON directory_searchterm USING gin (spellings(term))"
            " WHERE space IN ('name', 'title', 'team word')",
            "DROP INDEX search_term_spellings",
        ),
        load(
            name="search_labels.1",
            drop="""
                DROP FUNCTION label_changed_things() CASCADE;
                DROP FUNCTION label_everything();
                DROP FUNCTION label_things(text, text[]);
                DROP VIEW search_label_source;
            """,
        ),
        load(
            name="project_people.3",
            drop="""
                DROP FUNCTION fold_search_tallies();
                DROP FUNCTION project_gathered(uuid[]);
                DROP FUNCTION drawn_lots(uuid);
                DROP FUNCTION gather_people(uuid[]);
                DROP FUNCTION prepare_projection();
            """,
        ),
        load(
            name="expand_words.1",
            drop="DROP FUNCTION expand_words(text[], integer[], text[], boolean)",
        ),
        migrations.RunPython(project_everybody, migrations.RunPython.noop),
    ]
