"""The values of filters are named by a function, whose plan is kept."""

from django.db import migrations

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0019_few_rows_one_by_one")]

    operations = [
        load(
            name="named_values.1",
            drop="""
                DROP FUNCTION named_values(
                    counted_token[], text[], integer,
                    text[], integer[], text[], text[], text[]);
                DROP TYPE further_term;
                DROP TYPE counted_token;
            """,
        ),
    ]
