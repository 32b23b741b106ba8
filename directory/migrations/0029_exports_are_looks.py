"""A download is a look at everybody in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0028_audiences"),
    ]

    operations = [
        migrations.AlterField(
            model_name="look",
            name="what",
            field=models.CharField(
                choices=[
                    ("page", "opened the page"),
                    ("card", "took the contact card"),
                    ("api", "read by the API"),
                    ("export", "downloaded a list with it"),
                ],
                max_length=6,
            ),
        ),
    ]
