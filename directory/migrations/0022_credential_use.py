"""When credentials were last used."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0021_audit_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="CredentialUse",
            fields=[
                (
                    "credential",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="directory.credential",
                    ),
                ),
                ("last_used_at", models.DateTimeField()),
            ],
        ),
    ]
