"""Sessions, second factors and tokens are shown by the database to those whose they are."""

from django.db import migrations

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_vocabulary"),
        ("accounts", "0003_sessions"),
        ("knox", "0009_extend_authtoken_field"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [load(name="private_credentials.1")]
