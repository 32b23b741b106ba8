"""What the database does by itself: functions, triggers, views, policies, and how tables are kept."""

from django.db import migrations

from directory.sql import load

#: In the order in which they build on each other.
_OBJECTS = (
    "fold_text.3",
    "team_path.1",
    "post_reports_to.3",
    "keys_by_statement.1",
    "search_words.1",
    "search_labels.3",
    "working_days.1",
    "drawn_lot.1",
    "shown_field.1",
    "prepare_projection.3",
    "gather_people.8",
    "project_gathered.8",
    "search_upkeep.1",
    "expand_words.2",
    "suggest.1",
    "find_things.1",
    "named_values.1",
    "audit_chain.1",
    "record_trails.1",
    "proposal_trail.1",
    "audience_trails.1",
    "look_trail.1",
    "departed_grants.1",
    "private_rows.1",
)


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_squashed_0030_corrections")]

    operations = [
        *(load(name=name) for name in _OBJECTS),
        migrations.RunSQL(
            """
            CREATE INDEX search_term_spellings ON directory_searchterm USING gin (spellings(term))
             WHERE space IN ('name', 'title', 'team word', 'tag word');
            -- Room in every page for the next version of a row or two: what a run changes then
            -- stays where its indexes expect it, and they need not be written.
            ALTER TABLE directory_searchterm SET (fillfactor = 70);
            ALTER TABLE directory_sourcerecord SET (fillfactor = 90);
            ALTER TABLE directory_post SET (fillfactor = 90)
            """
        ),
    ]
