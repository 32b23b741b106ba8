"""Row-level security on what is somebody's own."""

from django.db import migrations

from directory.sql import load

_TAKE_AWAY = """
    DROP POLICY own ON directory_savedsearch;
    ALTER TABLE directory_savedsearch DISABLE ROW LEVEL SECURITY;
    DROP POLICY own ON directory_searchdigest;
    ALTER TABLE directory_searchdigest DISABLE ROW LEVEL SECURITY;
    DROP POLICY of_oneself ON directory_look;
    DROP POLICY by_oneself ON directory_look;
    ALTER TABLE directory_look DISABLE ROW LEVEL SECURITY;
    DROP POLICY known ON directory_fieldaudience;
    DROP POLICY added ON directory_fieldaudience;
    DROP POLICY changed ON directory_fieldaudience;
    DROP POLICY taken_away ON directory_fieldaudience;
    ALTER TABLE directory_fieldaudience DISABLE ROW LEVEL SECURITY;
    DROP POLICY known ON directory_grant;
    DROP POLICY given ON directory_grant;
    DROP POLICY changed ON directory_grant;
    DROP POLICY taken ON directory_grant;
    ALTER TABLE directory_grant DISABLE ROW LEVEL SECURITY;
    DROP FUNCTION own_records();
    DROP FUNCTION acting_for();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0025_looks")]

    operations = [load(name="private_rows.1", drop=_TAKE_AWAY)]
