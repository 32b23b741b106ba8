import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0006_safeguards_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedrun",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="further_parts",
                to="directory.feedrun",
            ),
        ),
        migrations.AddField(
            model_name="feedrun",
            name="read_with",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]
