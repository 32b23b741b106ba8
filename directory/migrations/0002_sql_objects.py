from django.db import migrations

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        load(name="fold_text.1", drop="DROP FUNCTION fold_text(text)"),
        load(
            name="team_path.1",
            drop="""
                DROP TRIGGER team_path_carry ON directory_team;
                DROP TRIGGER team_path_compute ON directory_team;
                DROP FUNCTION team_path_carry();
                DROP FUNCTION team_path_compute();
            """,
        ),
        load(
            name="post_reports_to.1",
            drop="""
                DROP TRIGGER post_reports_to_updated ON directory_post;
                DROP TRIGGER post_reports_to_inserted ON directory_post;
                DROP FUNCTION post_reports_to_check();
            """,
        ),
        load(name="project_people.1", drop="DROP FUNCTION project_people(uuid[])"),
    ]
