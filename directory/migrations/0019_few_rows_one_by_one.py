"""Few changed people are looked up one by one, and those who left by the day on which they did."""

from django.db import migrations, models

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [("directory", "0018_find_things")]

    operations = [
        load(name="gather_people.5", drop=""),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.F("left_on"),
                condition=models.Q(("left_on__isnull", False)),
                name="person_left",
            ),
        ),
    ]
