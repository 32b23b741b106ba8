"""What is asked in vain is counted, words alone, for those who give things their names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_suggestions")]

    operations = [
        migrations.CreateModel(
            name="VainSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("words", models.TextField(db_collation="C")),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "words"), name="vain_search_once")
                ],
            },
        ),
    ]
