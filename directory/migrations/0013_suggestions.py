"""Suggestions while somebody types: indexes on names as they begin, and what looks in them."""

from django.db import migrations

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_lighter_entries")]

    operations = [
        load(
            name="suggest.1",
            drop="""
                DROP FUNCTION suggest_places(text, text[], integer);
                DROP FUNCTION tag_people(uuid);
                DROP FUNCTION surviving_tag(uuid);
                DROP FUNCTION fitting_tokens(text, text[], integer);
                DROP FUNCTION suggest_names(text[], integer[], text[], boolean);
                DROP VIEW suggested_name;
                DROP INDEX organisation_begins, acronym_begins, other_name_begins, team_begins,
                    tag_begins, alternative_begins;
            """,
        ),
    ]
