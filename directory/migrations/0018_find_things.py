"""Teams, organisations and tags are found by their labels, misspelt ones too."""

from django.db import migrations

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0017_few_rows_by_key")]

    operations = [
        load(
            name="find_things.1",
            drop="""
                DROP FUNCTION called_tags(text, text[], integer);
                DROP VIEW tag_in_use;
                DROP FUNCTION called_organisations(text, text[], integer);
                DROP FUNCTION called_teams(text, text[], integer, text[]);
                DROP FUNCTION called_rank(boolean, integer, integer, integer);
                DROP FUNCTION labelled_things(text, text[], boolean);
                DROP FUNCTION near_label_words(text, text[]);
            """,
        ),
    ]
