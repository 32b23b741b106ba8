"""Every table and its triggers, in one: what the first thirty migrations came to."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import directory.models.fields


class Migration(migrations.Migration):
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0004_lighter_writes"),
        ("directory", "0005_feed_engine"),
        ("directory", "0006_safeguards_before"),
        ("directory", "0007_runs_as_they_are_carried_out"),
        ("directory", "0008_undo"),
        ("directory", "0009_dates_and_notices"),
        ("directory", "0010_feed_trail"),
        ("directory", "0011_search_engine"),
        ("directory", "0012_lighter_entries"),
        ("directory", "0013_suggestions"),
        ("directory", "0014_vain_searches"),
        ("directory", "0015_keys_by_statement"),
        ("directory", "0016_saved_searches"),
        ("directory", "0017_few_rows_by_key"),
        ("directory", "0018_find_things"),
        ("directory", "0019_few_rows_one_by_one"),
        ("directory", "0020_named_values"),
        ("directory", "0021_audit_chain"),
        ("directory", "0022_credential_use"),
        ("directory", "0023_record_owners"),
        ("directory", "0024_grant_proposals"),
        ("directory", "0025_looks"),
        ("directory", "0026_private_rows"),
        ("directory", "0027_alerts"),
        ("directory", "0028_audiences"),
        ("directory", "0029_exports_are_looks"),
        ("directory", "0030_corrections"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_sessions"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        django.contrib.postgres.operations.CreateExtension(
            name="ltree",
        ),
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.CreateExtension(
            name="fuzzystrmatch",
        ),
        migrations.CreateModel(
            name="ExpertiseTag",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(max_length=200)),
                ("preferred_label", models.CharField(max_length=200)),
                ("definition", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("merged", "Merged into another"),
                        ],
                        db_default="proposed",
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_tags",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                ("related", models.ManyToManyField(to="directory.expertisetag")),
            ],
            options={
                "ordering": ["preferred_label"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("preferred_label"),
                        name="tag_label_unique",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("slug"), name="tag_slug_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("status", "merged")),
                            models.Q(
                                models.Q(("status", "merged"), _negated=True), ("merged_into", None)
                            ),
                            _connector="OR",
                        ),
                        name="tag_merged_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="tag_not_merged_into_self",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("preferred_name", models.CharField(blank=True, max_length=200)),
                ("honorific", models.CharField(blank=True, max_length=60)),
                ("display_name", models.CharField(max_length=400)),
                ("pronouns", models.CharField(blank=True, max_length=60)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=100)),
                ("mobile", models.CharField(blank=True, max_length=100)),
                ("working_days", models.CharField(blank=True, max_length=200)),
                ("languages", models.CharField(blank=True, max_length=300)),
                ("bio", models.TextField(blank=True)),
                (
                    "provenance",
                    models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "In post"),
                            ("expected", "Starts later"),
                            ("left", "Left"),
                        ],
                        db_default="active",
                        default="active",
                        max_length=10,
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("government", "Listed for all of government"),
                            ("organisation", "Listed in their own organisation"),
                            ("unlisted", "Not listed"),
                            ("protected", "Protected"),
                        ],
                        db_default="government",
                        default="government",
                        max_length=12,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_people",
                        to="directory.person",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "people",
                "ordering": ["family_name", "given_name", "id"],
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Lower("email"), name="person_email"
                    ),
                    models.Index(
                        models.F("merged_into"),
                        condition=models.Q(("merged_into__isnull", False)),
                        name="person_merged_into",
                    ),
                    models.Index(
                        models.F("left_on"),
                        condition=models.Q(("left_on__isnull", False)),
                        name="person_left",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("display_name", ""), _negated=True),
                        name="person_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="person_not_merged_into_self",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["active", "expected", "left"])),
                        name="person_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "left"), ("left_on", None), _connector="OR"),
                        name="person_in_post_has_not_left",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("chain", models.TextField()),
                ("table_name", models.TextField()),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                (
                    "digests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BinaryField(), size=None
                    ),
                ),
                ("said", models.JSONField(null=True)),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "audit batch",
                "verbose_name_plural": "audit batches",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("acronym", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(blank=True, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("published_status", models.CharField(blank=True, max_length=60)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("homepage", models.URLField(blank=True, max_length=500)),
                ("external_id", models.CharField(blank=True, max_length=300)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("slug"),
                        name="organisation_slug_unique",
                    ),
                    models.UniqueConstraint(
                        models.F("external_id"),
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="organisation_external_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slug", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="organisation_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("status", "closed"), _connector="OR"
                        ),
                        name="organisation_live_has_no_closing_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("rank", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["-rank", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("code"), name="grade_code_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantProposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second administrator"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "grant proposal",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("user",),
                        name="grant_proposal_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_by", models.F("user")), _negated=True),
                            models.Q(
                                ("decided_by", None),
                                models.Q(
                                    models.Q(("decided_by", models.F("user")), _negated=True),
                                    models.Q(
                                        ("decided_by", models.F("proposed_by")), _negated=True
                                    ),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="grant_proposal_of_three",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="grant_proposal_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("city", models.CharField(blank=True, max_length=100)),
                ("region", models.CharField(blank=True, max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "Proposed by a feed"), ("approved", "Approved")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="location_name_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="location_is_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("credential_id", models.UUIDField(null=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("page", "opened the page"),
                            ("card", "took the contact card"),
                            ("api", "read by the API"),
                            ("export", "downloaded a list with it"),
                        ],
                        max_length=6,
                    ),
                ),
                ("person_id", models.UUIDField(null=True)),
                ("asked", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["by", "at"], name="look_by"),
                    models.Index(
                        condition=models.Q(("person_id__isnull", False)),
                        fields=["person_id", "at"],
                        name="look_at",
                    ),
                    django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="look_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=100)),
                ("name", models.CharField(max_length=150)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("slug"), name="profession_slug_unique"
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="profession_name_unique"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("asked", models.TextField()),
                ("words", models.TextField()),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "saved_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("digest", models.BooleanField(default=True)),
                (
                    "known",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), null=True, size=None
                    ),
                ),
                ("compared_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "fingerprint"), name="saved_search_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="saved_search_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("digest", False), ("known__isnull", False), _connector="OR"
                        ),
                        name="saved_search_digest_knows",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchDigest",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_digest",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("looked_on", models.DateField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchExport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("asked", models.TextField()),
                ("words", models.TextField()),
                ("reason", models.CharField(max_length=500)),
                ("people", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "id"], name="search_export_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 10
                        ),
                        name="search_export_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchLabel",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token",
                        "word",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("word", models.TextField(db_collation="C")),
                ("token", models.IntegerField()),
                ("label_words", models.SmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["kind", "word", "label_words", "token"], name="search_label_found"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("term_id", models.IntegerField()),
                ("people", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("space", models.CharField(max_length=12)),
                ("term", models.TextField(db_collation="C")),
                ("people", models.IntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("space", "term"), name="search_term_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityAlert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("canary", "A canary was opened or downloaded"),
                            ("budget", "A budget is used up"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("hour", models.DateTimeField()),
                ("text", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at", None)),
                        fields=["made_at"],
                        name="security_alert_untold",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "by", "hour"), name="security_alert_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShownField",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("field", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("government", "Everyone in government"),
                            ("organisation", "Own organisation"),
                            ("team", "Own team"),
                            ("curators", "Curators"),
                            ("self", "Only me"),
                        ],
                        max_length=12,
                    ),
                ),
                ("own", models.BooleanField()),
            ],
            options={
                "managed": False,
            },
        ),
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
        migrations.CreateModel(
            name="AlternativeLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alternative_labels",
                        to="directory.expertisetag",
                    ),
                ),
                ("label", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("tag"),
                        django.db.models.functions.text.Lower("label"),
                        name="alternative_label_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BroaderTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="broader_links",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "to_tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="narrower_links",
                        to="directory.expertisetag",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("from_tag", "to_tag"), name="broader_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_tag", models.F("to_tag")), _negated=True),
                        name="tag_not_own_broader",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertiseTagEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("preferred_label", models.CharField(max_length=200)),
                ("definition", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("merged", "Merged into another"),
                        ],
                        db_default="proposed",
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="expertisetag_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="canary",
                        to="directory.person",
                    ),
                ),
                (
                    "placed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name_plural": "canaries",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="directory.person",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("text", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for an answer"),
                            ("done", "Put right"),
                            ("declined", "Left as it is"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "suggested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "suggested_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["suggested_at"],
                        name="correction_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("person", "field", "suggested_by"),
                        name="correction_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="correction_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldAudience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_audiences",
                        to="directory.person",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("government", "Everyone in government"),
                            ("organisation", "Own organisation"),
                            ("team", "Own team"),
                            ("curators", "Curators"),
                            ("self", "Only me"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "field"), name="field_audience_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listing_hold",
                        to="directory.person",
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("organisation", "Listed in their own organisation"),
                            ("unlisted", "Not listed"),
                            ("protected", "Protected"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("listing__in", ["organisation", "unlisted", "protected"])
                        ),
                        name="listing_hold_narrows",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.person",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("given_name", models.CharField(blank=True, max_length=200)),
                ("family_name", models.CharField(blank=True, max_length=200)),
                ("preferred_name", models.CharField(blank=True, max_length=200)),
                ("honorific", models.CharField(blank=True, max_length=60)),
                ("display_name", models.CharField(max_length=400)),
                ("pronouns", models.CharField(blank=True, max_length=60)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=100)),
                ("mobile", models.CharField(blank=True, max_length=100)),
                ("working_days", models.CharField(blank=True, max_length=200)),
                ("languages", models.CharField(blank=True, max_length=300)),
                ("bio", models.TextField(blank=True)),
                (
                    "provenance",
                    models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "In post"),
                            ("expected", "Starts later"),
                            ("left", "Left"),
                        ],
                        db_default="active",
                        default="active",
                        max_length=10,
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("government", "Listed for all of government"),
                            ("organisation", "Listed in their own organisation"),
                            ("unlisted", "Not listed"),
                            ("protected", "Protected"),
                        ],
                        db_default="government",
                        default="government",
                        max_length=12,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="person_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordOwner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_record",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="owner",
                        to="directory.person",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "linked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "record owner",
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "person_id",
                        "audience",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="directory.person",
                    ),
                ),
                ("audience", models.CharField(default="government", max_length=12)),
                ("narrowed", models.BooleanField(db_default=False, default=False)),
                ("lot", models.SmallIntegerField(default=0)),
                ("fullness", models.SmallIntegerField(default=0)),
                ("organisation", models.IntegerField(null=True)),
                ("grade", models.IntegerField(null=True)),
                ("profession", models.IntegerField(null=True)),
                ("location", models.IntegerField(null=True)),
                ("sort_name", models.TextField(db_collation="C")),
                ("email", models.TextField(db_collation="C")),
                ("phones", models.TextField(db_collation="C")),
                (
                    "tokens",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "more",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["tokens"], name="entry_tokens"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("lot__gte", 1)),
                        fields=["tokens"],
                        name="entry_tokens_8",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("lot__gte", 2)),
                        fields=["tokens"],
                        name="entry_tokens_64",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("lot__gte", 3)),
                        fields=["tokens"],
                        name="entry_tokens_512",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("phones", name="gin_trgm_ops"),
                        name="entry_phones",
                    ),
                    models.Index(fields=["email"], name="entry_email"),
                    models.Index(fields=["sort_name"], name="entry_sort_name"),
                    models.Index(
                        condition=models.Q(("audience", "government"), _negated=True),
                        fields=["person"],
                        name="entry_narrower",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chain",
                        "sequence",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("chain", models.TextField()),
                ("sequence", models.BigIntegerField()),
                (
                    "batch",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="directory.auditbatch",
                    ),
                ),
                ("previous", models.BinaryField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "verbose_name": "audit link",
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(max_length=100)),
                ("name", models.CharField(blank=True, db_default="", max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="directory.organisation",
                    ),
                ),
                ("connector", models.CharField(max_length=40)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "Live"), ("paused", "Paused"), ("retired", "Retired")],
                        db_default="live",
                        default="live",
                        max_length=8,
                    ),
                ),
                (
                    "departures_limit_percent",
                    models.DecimalField(
                        db_default=5,
                        decimal_places=2,
                        default=5,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("departures_floor", models.PositiveIntegerField(db_default=5, default=5)),
                (
                    "week_departures_limit_percent",
                    models.DecimalField(
                        db_default=10,
                        decimal_places=2,
                        default=10,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("week_departures_floor", models.PositiveIntegerField(db_default=10, default=10)),
                (
                    "known_keys_floor_percent",
                    models.DecimalField(
                        db_default=50,
                        decimal_places=2,
                        default=50,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "changed_limit_percent",
                    models.DecimalField(
                        db_default=30,
                        decimal_places=2,
                        default=30,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "blanked_limit_percent",
                    models.DecimalField(
                        db_default=5,
                        decimal_places=2,
                        default=5,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "faults_limit_percent",
                    models.DecimalField(
                        db_default=1,
                        decimal_places=2,
                        default=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("faults_floor", models.PositiveIntegerField(db_default=20, default=20)),
                ("expected_every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["slug"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("slug"), name="feed_slug_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blanked_limit_percent__range", (0, 100)),
                            ("changed_limit_percent__range", (0, 100)),
                            ("departures_limit_percent__range", (0, 100)),
                            ("faults_limit_percent__range", (0, 100)),
                            ("known_keys_floor_percent__range", (0, 100)),
                            ("week_departures_limit_percent__range", (0, 100)),
                        ),
                        name="feed_limits_are_percentages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_every_days", None),
                            ("expected_every_days__gte", 1),
                            _connector="OR",
                        ),
                        name="feed_cadence_is_a_day_at_least",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationAudience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_audiences",
                        to="directory.organisation",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("government", "Everyone in government"),
                            ("organisation", "Own organisation"),
                            ("team", "Own team"),
                            ("curators", "Curators"),
                            ("self", "Only me"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "field"), name="organisation_audience_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationDomain",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="directory.organisation",
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("domain"),
                        name="domain_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.organisation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("name", models.CharField(max_length=300)),
                ("acronym", models.CharField(blank=True, max_length=60)),
                ("kind", models.CharField(blank=True, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("published_status", models.CharField(blank=True, max_length=60)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("homepage", models.URLField(blank=True, max_length=500)),
                ("external_id", models.CharField(blank=True, max_length=300)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="organisation_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="directory.organisation",
                    ),
                ),
                ("name", models.CharField(max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        django.db.models.functions.text.Lower("name"),
                        name="organisation_other_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationParent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parent_links",
                        to="directory.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="child_links",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("child", "parent"), name="organisation_parent_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("parent")), _negated=True),
                        name="organisation_not_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successor_links",
                        to="directory.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predecessor_links",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="organisation_succession_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="organisation_not_own_successor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantProposalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.grantproposal",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a second administrator"),
                            ("confirmed", "Confirmed"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="grantproposal_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LocationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.location",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("city", models.CharField(blank=True, max_length=100)),
                ("region", models.CharField(blank=True, max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "Proposed by a feed"), ("approved", "Approved")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="location_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldAudienceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.fieldaudience",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("government", "Everyone in government"),
                            ("organisation", "Own organisation"),
                            ("team", "Own team"),
                            ("curators", "Curators"),
                            ("self", "Only me"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="fieldaudience_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingHoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.listinghold",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("organisation", "Listed in their own organisation"),
                            ("unlisted", "Not listed"),
                            ("protected", "Protected"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "held_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="listinghold_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordOwnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.recordowner",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "linked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="recordowner_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("token_digest", models.CharField(max_length=128, unique=True)),
                ("token_key", models.CharField(max_length=25)),
                ("name", models.CharField(max_length=100)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "Read what all of government may see"),
                            (
                                "read-organisation",
                                "Read what one organisation's own people may see",
                            ),
                            ("push", "Push to one feed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="directory.feed",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to="directory.organisation",
                    ),
                ),
                (
                    "issued_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("feed__isnull", False), ("scope", "push")),
                            models.Q(("feed", None), ("scope", "read")),
                            models.Q(
                                ("feed", None),
                                ("organisation__isnull", False),
                                ("scope", "read-organisation"),
                            ),
                            _connector="OR",
                        ),
                        name="credential_pushes_to_one_feed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.feed",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("slug", models.SlugField(db_index=False, max_length=100)),
                ("name", models.CharField(blank=True, db_default="", max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                ("connector", models.CharField(max_length=40)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("live", "Live"), ("paused", "Paused"), ("retired", "Retired")],
                        db_default="live",
                        default="live",
                        max_length=8,
                    ),
                ),
                (
                    "departures_limit_percent",
                    models.DecimalField(
                        db_default=5,
                        decimal_places=2,
                        default=5,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("departures_floor", models.PositiveIntegerField(db_default=5, default=5)),
                (
                    "week_departures_limit_percent",
                    models.DecimalField(
                        db_default=10,
                        decimal_places=2,
                        default=10,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("week_departures_floor", models.PositiveIntegerField(db_default=10, default=10)),
                (
                    "known_keys_floor_percent",
                    models.DecimalField(
                        db_default=50,
                        decimal_places=2,
                        default=50,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "changed_limit_percent",
                    models.DecimalField(
                        db_default=30,
                        decimal_places=2,
                        default=30,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "blanked_limit_percent",
                    models.DecimalField(
                        db_default=5,
                        decimal_places=2,
                        default=5,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "faults_limit_percent",
                    models.DecimalField(
                        db_default=1,
                        decimal_places=2,
                        default=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("faults_floor", models.PositiveIntegerField(db_default=20, default=20)),
                ("expected_every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="feed_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedTrailEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trail",
                        to="directory.feed",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("renamed", "Renamed"),
                            ("limits", "Limits changed"),
                            ("mapping", "Mapping changed"),
                            ("words", "Word translated"),
                            ("paused", "Paused"),
                            ("resumed", "Resumed"),
                            ("retired", "Retired"),
                            ("keys", "Keys replaced"),
                            ("token_issued", "Token issued"),
                            ("token_withdrawn", "Token withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="GradeTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grade_translations",
                        to="directory.feed",
                    ),
                ),
                ("value", models.CharField(max_length=100)),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="directory.grade",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("feed"),
                        django.db.models.functions.text.Lower("value"),
                        name="grade_translation_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfessionTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profession_translations",
                        to="directory.feed",
                    ),
                ),
                ("value", models.CharField(max_length=150)),
                (
                    "profession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="directory.profession",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("feed"),
                        django.db.models.functions.text.Lower("value"),
                        name="profession_translation_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="directory.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.team",
                    ),
                ),
                (
                    "path",
                    directory.models.fields.LtreeField(db_default="", default="", editable=False),
                ),
                ("name", models.CharField(max_length=300)),
                ("slug", models.SlugField(max_length=200)),
                ("code", models.CharField(blank=True, max_length=200)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="directory.feed",
                    ),
                ),
                ("description", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        db_default="live",
                        default="live",
                        max_length=10,
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["path"], name="team_path")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organisation"),
                        models.F("parent"),
                        django.db.models.functions.text.Lower("slug"),
                        name="team_slug_unique_among_siblings",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        models.F("feed"),
                        models.F("code"),
                        condition=models.Q(("code", ""), _negated=True),
                        name="team_code_unique_in_feed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slug", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="team_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="team_not_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationAudienceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.organisationaudience",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("government", "Everyone in government"),
                            ("organisation", "Own organisation"),
                            ("team", "Own team"),
                            ("curators", "Curators"),
                            ("self", "Only me"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="organisationaudience_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CredentialEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.credential",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                ("token_digest", models.CharField(max_length=128)),
                ("token_key", models.CharField(max_length=25)),
                ("name", models.CharField(max_length=100)),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "Read what all of government may see"),
                            (
                                "read-organisation",
                                "Read what one organisation's own people may see",
                            ),
                            ("push", "Push to one feed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.feed",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "issued_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="credential_trail_time"
                    )
                ],
            },
        ),
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
        migrations.CreateModel(
            name="FeedRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="directory.feed",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("people", "people"),
                            ("teams", "teams"),
                            ("senior", "senior"),
                            ("junior", "junior"),
                        ],
                        max_length=10,
                    ),
                ),
                ("as_of", models.DateField()),
                ("complete", models.BooleanField(default=True)),
                ("dry_run", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("parsed", "Parsed"),
                            ("planned", "Planned"),
                            ("held", "Held for approval"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("applied", "Applied"),
                            ("failed", "Failed"),
                            ("undone", "Undone"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("command", "Command line"),
                            ("page", "Upload page"),
                            ("api", "API"),
                            ("inbox", "Inbox folder"),
                        ],
                        db_default="command",
                        default="command",
                        max_length=8,
                    ),
                ),
                ("idempotency_key", models.CharField(blank=True, db_default="", max_length=255)),
                ("request_digest", models.CharField(blank=True, db_default="", max_length=64)),
                ("expected_rows", models.PositiveIntegerField(blank=True, null=True)),
                ("read_with", models.CharField(blank=True, db_default="", max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("content_digest", models.CharField(blank=True, max_length=64)),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("held_reasons", models.JSONField(default=list)),
                ("trail", models.JSONField(default=list)),
                ("failure_code", models.CharField(blank=True, max_length=60)),
                ("failure_message", models.TextField(blank=True)),
                ("plan_digest", models.CharField(blank=True, max_length=64)),
                (
                    "base_run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.feedrun",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_parts",
                        to="directory.feedrun",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_with",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.credential",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approval_reason", models.TextField(blank=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undo_reason", models.TextField(blank=True, db_default="")),
                (
                    "undo_kept",
                    models.JSONField(
                        blank=True, db_default=models.Value([], models.JSONField()), default=list
                    ),
                ),
                ("trail_context", models.UUIDField(blank=True, null=True)),
                ("written_at", models.DateTimeField(blank=True, null=True)),
                ("step", models.CharField(blank=True, db_default="", max_length=20)),
                ("rows_done", models.PositiveIntegerField(db_default=0, default=0)),
                ("rows_total", models.PositiveIntegerField(db_default=0, default=0)),
                (
                    "received_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-received_at", "id"],
                "indexes": [models.Index(fields=["feed", "kind", "-as_of"], name="run_by_feed")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            ("submitted_by", None),
                            models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="run_not_approved_by_its_submitter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failure_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="run_failed_for_a_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key", ""), _negated=True),
                        fields=("feed", "idempotency_key"),
                        name="idempotency_key_once_in_feed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("team-leader", "Team leader"),
                            ("curator", "Organisation curator"),
                            ("feed-operator", "Feed operator"),
                            ("expertise-curator", "Expertise curator"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="directory.organisation",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="directory.team",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="directory.feed",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "role", "organisation", "team", "feed"),
                        name="grant_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted_by", None),
                            models.Q(("granted_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="grant_not_by_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.team",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                ("responsibilities", models.TextField(blank=True)),
                (
                    "grade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.grade",
                    ),
                ),
                ("grade_stated", models.CharField(blank=True, max_length=100)),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.profession",
                    ),
                ),
                ("profession_stated", models.CharField(blank=True, max_length=150)),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.location",
                    ),
                ),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="directory.post",
                    ),
                ),
                ("contact_email", models.CharField(blank=True, max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=100)),
                (
                    "posts_fte",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
                ),
                ("holder_undisclosed", models.BooleanField(db_default=False, default=False)),
                ("implied", models.BooleanField(db_default=False, default=False)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="directory.feed",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        db_default="live",
                        default="live",
                        max_length=10,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("feed"),
                        models.F("reference"),
                        condition=models.Q(
                            ("status", "live"), models.Q(("reference", ""), _negated=True)
                        ),
                        name="post_reference_unique_in_feed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reports_to", models.F("id")), _negated=True),
                        name="post_not_own_manager",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("posts_fte", None), ("posts_fte__gt", 0), _connector="OR"
                        ),
                        name="post_counts_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "closed"), ("closed_on", None), _connector="OR"
                        ),
                        name="post_live_has_no_closing_date",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.team",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.team",
                    ),
                ),
                (
                    "path",
                    directory.models.fields.LtreeField(db_default="", default="", editable=False),
                ),
                ("name", models.CharField(max_length=300)),
                ("slug", models.SlugField(db_index=False, max_length=200)),
                ("code", models.CharField(blank=True, max_length=200)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.feed",
                    ),
                ),
                ("description", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        db_default="live",
                        default="live",
                        max_length=10,
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="team_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("mover", "May have moved"),
                            ("email", "Same e-mail"),
                            ("key_reuse", "Key may have been given to somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="directory.person",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidate_cases",
                        to="directory.person",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="directory.feed",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="directory.feedrun",
                    ),
                ),
                ("source_key", models.CharField(max_length=500)),
                ("evidence", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("same", "The same person"),
                            ("different", "Different people"),
                        ],
                        db_default="open",
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["opened_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("feed"),
                        models.F("source_key"),
                        models.F("person"),
                        models.F("candidate"),
                        models.F("reason"),
                        name="case_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_decided_when_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("held", "A run waits for approval"),
                            ("failed", "A delivery was refused"),
                            ("late", "No delivery came"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="directory.feed",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="directory.feedrun",
                    ),
                ),
                ("day", models.DateField()),
                ("text", models.TextField()),
                (
                    "made_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "feed", "run", "day"),
                        name="notice_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="directory.feedrun",
                    ),
                ),
                ("position", models.IntegerField()),
                ("row", models.IntegerField()),
                ("line", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("post", "post"), ("team", "team")],
                        max_length=8,
                    ),
                ),
                ("source_key", models.CharField(max_length=500)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("create", "create"),
                            ("update", "update"),
                            ("keep", "keep"),
                            ("depart", "depart"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("linked", "linked"),
                            ("unlinked", "unlinked"),
                            ("unmatched", "unmatched"),
                            ("disputed", "disputed"),
                            ("departed", "departed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("statement", models.JSONField()),
                ("raw_digest", models.BinaryField()),
                ("changed", models.JSONField(default=list)),
                (
                    "before",
                    models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
                ("evidence", models.JSONField(default=list)),
                ("candidates", models.JSONField(default=list)),
                ("new_post", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "position"), name="change_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplacedRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replaced",
                        to="directory.feedrun",
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                ("statement", models.JSONField()),
                ("raw_digest", models.BinaryField()),
                ("state", models.CharField(max_length=8)),
                ("stated_on", models.DateField()),
                ("stated_by_run", models.UUIDField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RowFault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faults",
                        to="directory.feedrun",
                    ),
                ),
                ("row", models.IntegerField()),
                ("line", models.IntegerField()),
                ("column", models.CharField(blank=True, max_length=200)),
                ("code", models.CharField(max_length=60)),
                ("hint", models.TextField()),
                (
                    "severity",
                    models.CharField(
                        choices=[("error", "error"), ("warning", "warning"), ("notice", "notice")],
                        max_length=8,
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=500)),
                ("count", models.IntegerField(default=1)),
                (
                    "original",
                    models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
            ],
            options={
                "ordering": ["row", "id"],
            },
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("feed", "A feed"),
                            ("person", "The official"),
                            ("curator", "A curator"),
                        ],
                        db_default="feed",
                        default="feed",
                        max_length=8,
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="directory.feed",
                    ),
                ),
                (
                    "delivery_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("people", "people"),
                            ("teams", "teams"),
                            ("senior", "senior"),
                            ("junior", "junior"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("post", "post"), ("team", "team")],
                        max_length=8,
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=500)),
                ("subject_id", models.UUIDField()),
                ("statement", models.JSONField()),
                ("raw_digest", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("departed", "Departed")],
                        db_default="current",
                        default="current",
                        max_length=8,
                    ),
                ),
                ("stated_on", models.DateField()),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="directory.feedrun",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("subject_id"), name="source_by_subject"),
                    models.Index(
                        models.F("feed"),
                        models.F("delivery_kind"),
                        models.F("source_key"),
                        name="source_by_key",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("feed"),
                        models.F("delivery_kind"),
                        models.F("source_key"),
                        condition=models.Q(("origin", "feed"), ("state", "current")),
                        name="source_key_live_once_in_feed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "feed"), _negated=True),
                            models.Q(
                                ("feed__isnull", False), models.Q(("source_key", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="source_of_a_feed_has_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "curator"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="curators_override_has_a_reason",
                    ),
                    models.UniqueConstraint(
                        models.F("subject_id"),
                        condition=models.Q(("origin", "person"), ("state", "current")),
                        name="own_statement_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.grant",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("team-leader", "Team leader"),
                            ("curator", "Organisation curator"),
                            ("feed-operator", "Feed operator"),
                            ("expertise-curator", "Expertise curator"),
                            ("auditor", "Auditor"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.team",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.feed",
                    ),
                ),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "granted_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="grant_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.post",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.team",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300)),
                ("responsibilities", models.TextField(blank=True)),
                (
                    "grade",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.grade",
                    ),
                ),
                ("grade_stated", models.CharField(blank=True, max_length=100)),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.profession",
                    ),
                ),
                ("profession_stated", models.CharField(blank=True, max_length=150)),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.location",
                    ),
                ),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.post",
                    ),
                ),
                ("contact_email", models.CharField(blank=True, max_length=254)),
                ("contact_phone", models.CharField(blank=True, max_length=100)),
                (
                    "posts_fte",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True),
                ),
                ("holder_undisclosed", models.BooleanField(db_default=False, default=False)),
                ("implied", models.BooleanField(db_default=False, default=False)),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.feed",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=500)),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "Live"), ("closed", "Closed")],
                        db_default="live",
                        default="live",
                        max_length=10,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="post_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="directory.notice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "notice"), name="notice_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="directory.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="directory.post",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="directory.sourcerecord",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("substantive", "Substantive"),
                            ("temporary promotion", "Temporary promotion"),
                            ("loan", "Loan"),
                            ("secondment", "Secondment"),
                            ("job share", "Job share"),
                        ],
                        db_default="substantive",
                        default="substantive",
                        max_length=20,
                    ),
                ),
                ("fte", models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("first_stated_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("expected_end_on", models.DateField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "ordering": ["-first_stated_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="appointment_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fte", None), ("fte__gt", 0), _connector="OR"),
                        name="appointment_share_positive",
                    ),
                    models.UniqueConstraint(
                        models.F("person"),
                        models.F("post"),
                        condition=models.Q(("ends_on", None)),
                        name="appointment_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expertise",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expertise",
                        to="directory.person",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not stated"),
                            ("awareness", "Awareness"),
                            ("working", "Working"),
                            ("practitioner", "Practitioner"),
                            ("expert", "Expert"),
                        ],
                        db_default="",
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="directory.sourcerecord",
                    ),
                ),
                (
                    "stated_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "expertise",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "tag"), name="expertise_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.appointment",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.post",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.sourcerecord",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("substantive", "Substantive"),
                            ("temporary promotion", "Temporary promotion"),
                            ("loan", "Loan"),
                            ("secondment", "Secondment"),
                            ("job share", "Job share"),
                        ],
                        db_default="substantive",
                        default="substantive",
                        max_length=20,
                    ),
                ),
                ("fte", models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("first_stated_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("expected_end_on", models.DateField(blank=True, null=True)),
                (
                    "updated_at",
                    models.DateTimeField(
                        auto_now=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="appointment_trail_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "expertise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="directory.expertise",
                    ),
                ),
                (
                    "endorsed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("endorsed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("expertise", "endorsed_by"), name="endorsed_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertiseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.expertise",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.person",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.expertisetag",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not stated"),
                            ("awareness", "Awareness"),
                            ("working", "Working"),
                            ("practitioner", "Practitioner"),
                            ("expert", "Expert"),
                        ],
                        db_default="",
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="directory.sourcerecord",
                    ),
                ),
                (
                    "stated_at",
                    models.DateTimeField(
                        auto_now_add=True, db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        fields=["pgh_created_at"], name="expertise_trail_time"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="expertisetag",
            name="broader",
            field=models.ManyToManyField(
                related_name="narrower", through="directory.BroaderTag", to="directory.expertisetag"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="parents",
            field=models.ManyToManyField(
                related_name="children",
                through="directory.OrganisationParent",
                through_fields=("child", "parent"),
                to="directory.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="successors",
            field=models.ManyToManyField(
                related_name="predecessors",
                through="directory.OrganisationSuccession",
                through_fields=("predecessor", "successor"),
                to="directory.organisation",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0a3df2f9303610ef3d1ba2cfe980011484cadeaa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_22ebb",
                    table="directory_auditbatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditbatch",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the chains of the audit are never emptied';",
                    hash="a60d7ea704a142246ccee41adb25deb1c12f7afb",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_f319f",
                    table="directory_auditbatch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "status") SELECT new_values."city", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."region", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="4b293e2ebd375adfedb1b073d6c2ed95ba2ebd13",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_38c23",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_location",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "status") SELECT new_values."city", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."region", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a31f90db3033473171fcc30af0c13939bbb2a25c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0dff9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_location",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="location",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_locationevent" ("city", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "status") SELECT old_values."city", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."region", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7ea5a77953a16b5ea5d055f54cd962be299ceaf5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e2929",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_location",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditlink",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6a1912f854c938915819cd449e4ef7c3043f82f3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dee4d",
                    table="directory_auditlink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditlink",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'the chains of the audit are never emptied';",
                    hash="7d664b66270be3f0863ef7cea91b58d7a8b1b714",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_a8007",
                    table="directory_auditlink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertisetag",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertisetagevent" ("definition", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_label", "slug", "status", "updated_at") SELECT new_values."definition", new_values."id", new_values."merged_into_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preferred_label", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="eee62102c044e63e7fa8d0f8a14b6aae033eb676",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24664",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_expertisetag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertisetag",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertisetagevent" ("definition", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_label", "slug", "status", "updated_at") SELECT new_values."definition", new_values."id", new_values."merged_into_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preferred_label", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b61d0f57d5cc2c4041f16ea71e5156351d0abdc4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_2d172",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_expertisetag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertisetag",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertisetagevent" ("definition", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred_label", "slug", "status", "updated_at") SELECT old_values."definition", old_values."id", old_values."merged_into_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preferred_label", old_values."slug", old_values."status", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2d92cfc04ab7fc122d36a591ac180cc7d2f2b1fb",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_35756",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_expertisetag",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertisetagevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f5db98439c884d9d18e42865eab6c760b69a4dd1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5b9c1",
                    table="directory_expertisetagevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantproposalevent" ("decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "until", "user_id") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5bae29bfda8a8185c56fc87595613aa3a323be17",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_22baf",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_grantproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantproposalevent" ("decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "until", "user_id") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."state", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ce4052286e7d7b1aba2e95eb2267e1e289c33a2d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_89b89",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_grantproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantproposalevent" ("decided_at", "decided_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "state", "until", "user_id") SELECT old_values."decided_at", old_values."decided_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."state", old_values."until", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8a92e6d74fad5b79c63c9d8751ebca605cc4631d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_40fa2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_grantproposal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantproposalevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="afbebb7b206c7bf7039d71c6ec95190a06daf89f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1bd2b",
                    table="directory_grantproposalevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="locationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c0f1b7894fc6cbc67a63871e6e425898512621fd",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_67240",
                    table="directory_locationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="look",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="133770899204a305098b9fac97df1c2074792326",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_92142",
                    table="directory_look",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9b6980c78b8f81846273f6d8d535723af10f0df8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f236b",
                    table="directory_feedevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_feedevent" ("blanked_limit_percent", "changed_limit_percent", "connector", "created_at", "departures_floor", "departures_limit_percent", "expected_every_days", "faults_floor", "faults_limit_percent", "id", "known_keys_floor_percent", "mapping", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "week_departures_floor", "week_departures_limit_percent") SELECT new_values."blanked_limit_percent", new_values."changed_limit_percent", new_values."connector", new_values."created_at", new_values."departures_floor", new_values."departures_limit_percent", new_values."expected_every_days", new_values."faults_floor", new_values."faults_limit_percent", new_values."id", new_values."known_keys_floor_percent", new_values."mapping", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."state", new_values."week_departures_floor", new_values."week_departures_limit_percent" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1a345afbc5ad2f213fee05443614c6c56ba34294",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_79c11",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_feedevent" ("blanked_limit_percent", "changed_limit_percent", "connector", "created_at", "departures_floor", "departures_limit_percent", "expected_every_days", "faults_floor", "faults_limit_percent", "id", "known_keys_floor_percent", "mapping", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "week_departures_floor", "week_departures_limit_percent") SELECT new_values."blanked_limit_percent", new_values."changed_limit_percent", new_values."connector", new_values."created_at", new_values."departures_floor", new_values."departures_limit_percent", new_values."expected_every_days", new_values."faults_floor", new_values."faults_limit_percent", new_values."id", new_values."known_keys_floor_percent", new_values."mapping", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."state", new_values."week_departures_floor", new_values."week_departures_limit_percent" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1ad88f9dc0a5ed85be9446851e91e7ca2b8f94a8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1e240",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feed",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_feedevent" ("blanked_limit_percent", "changed_limit_percent", "connector", "created_at", "departures_floor", "departures_limit_percent", "expected_every_days", "faults_floor", "faults_limit_percent", "id", "known_keys_floor_percent", "mapping", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "state", "week_departures_floor", "week_departures_limit_percent") SELECT old_values."blanked_limit_percent", old_values."changed_limit_percent", old_values."connector", old_values."created_at", old_values."departures_floor", old_values."departures_limit_percent", old_values."expected_every_days", old_values."faults_floor", old_values."faults_limit_percent", old_values."id", old_values."known_keys_floor_percent", old_values."mapping", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."state", old_values."week_departures_floor", old_values."week_departures_limit_percent" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="13e7439183c809b728459a87f00391599c8f4ffd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ce2af",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_feed",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credentialevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2d5f2821ea9162b32d2448294639571409c9388a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_51c9c",
                    table="directory_credentialevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_credentialevent" ("feed_id", "id", "issued_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "token_digest", "token_key") SELECT new_values."feed_id", new_values."id", new_values."issued_at", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."scope", new_values."token_digest", new_values."token_key" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f38a006a25b5e49d32e2044b9d9e29e250ea0eb3",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_95c1c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_credentialevent" ("feed_id", "id", "issued_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "token_digest", "token_key") SELECT new_values."feed_id", new_values."id", new_values."issued_at", new_values."name", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."scope", new_values."token_digest", new_values."token_key" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e0d5a1e14ad91736bd107fbe64bafccccb3e93ba",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_13230",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="credential",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_credentialevent" ("feed_id", "id", "issued_at", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "token_digest", "token_key") SELECT old_values."feed_id", old_values."id", old_values."issued_at", old_values."name", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."scope", old_values."token_digest", old_values."token_key" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d4fd3bc9d4b3ce76aa3793fb4aaaf263102ccfec",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_2f815",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_credential",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationaudienceevent" ("audience", "field", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience", new_values."field", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2428849d9050bf90e3b3b9ec340286c2f976c3a0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ac286",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_organisationaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationaudienceevent" ("audience", "field", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience", new_values."field", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9eda7d5c83039bb9f8bea8cd69f52c42091d637c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7bbe8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_organisationaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationaudienceevent" ("audience", "field", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."audience", old_values."field", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3e28821c89723a42a67dda924e37008d65064179",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9f4c0",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_organisationaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationaudienceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="82b5092871e946f60c6b0e89b3dae256071b72ff",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8b638",
                    table="directory_organisationaudienceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1c571e172646bc461d27f41a219f017fb7f4fa22",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f1b4d",
                    table="directory_organisationevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("acronym", "closed_at", "external_id", "homepage", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_status", "slug", "status", "updated_at") SELECT new_values."acronym", new_values."closed_at", new_values."external_id", new_values."homepage", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_status", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="59f987c2d3be0814df81e16a1a4202821020eb75",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fd0fd",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("acronym", "closed_at", "external_id", "homepage", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_status", "slug", "status", "updated_at") SELECT new_values."acronym", new_values."closed_at", new_values."external_id", new_values."homepage", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_status", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="81378f412feb2a0a3cdd6dc3cc56878ce7a6a898",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_17175",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_organisationevent" ("acronym", "closed_at", "external_id", "homepage", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_status", "slug", "status", "updated_at") SELECT old_values."acronym", old_values."closed_at", old_values."external_id", old_values."homepage", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_status", old_values."slug", old_values."status", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="603effd31d9656c5ffeab6b9cb47c698889be0d5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_d686f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_personevent" ("bio", "created_at", "display_name", "email", "family_name", "given_name", "honorific", "id", "languages", "left_on", "listing", "merged_into_id", "mobile", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "provenance", "status", "updated_at", "working_days") SELECT new_values."bio", new_values."created_at", new_values."display_name", new_values."email", new_values."family_name", new_values."given_name", new_values."honorific", new_values."id", new_values."languages", new_values."left_on", new_values."listing", new_values."merged_into_id", new_values."mobile", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."preferred_name", new_values."pronouns", new_values."provenance", new_values."status", new_values."updated_at", new_values."working_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="521a3098271568041daeba4b706ded54bc2364fd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_f1db5",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_personevent" ("bio", "created_at", "display_name", "email", "family_name", "given_name", "honorific", "id", "languages", "left_on", "listing", "merged_into_id", "mobile", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "provenance", "status", "updated_at", "working_days") SELECT new_values."bio", new_values."created_at", new_values."display_name", new_values."email", new_values."family_name", new_values."given_name", new_values."honorific", new_values."id", new_values."languages", new_values."left_on", new_values."listing", new_values."merged_into_id", new_values."mobile", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."preferred_name", new_values."pronouns", new_values."provenance", new_values."status", new_values."updated_at", new_values."working_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="90d3a326c74ac71e99130cd7768b7d35ed0865e2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_45f75",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_personevent" ("bio", "created_at", "display_name", "email", "family_name", "given_name", "honorific", "id", "languages", "left_on", "listing", "merged_into_id", "mobile", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "preferred_name", "pronouns", "provenance", "status", "updated_at", "working_days") SELECT old_values."bio", old_values."created_at", old_values."display_name", old_values."email", old_values."family_name", old_values."given_name", old_values."honorific", old_values."id", old_values."languages", old_values."left_on", old_values."listing", old_values."merged_into_id", old_values."mobile", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."preferred_name", old_values."pronouns", old_values."provenance", old_values."status", old_values."updated_at", old_values."working_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="af5d87340fb69463f177e8804195ed117b834899",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_395d8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listingholdevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b2fa176da7ea5842acad757a055464e50ffe010c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_3912f",
                    table="directory_listingholdevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listinghold",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_listingholdevent" ("held_at", "held_by_id", "id", "listing", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."held_at", new_values."held_by_id", new_values."id", new_values."listing", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5f43519e8ad947d2241a41a191620dc0d9afaa38",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_53f58",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_listinghold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listinghold",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_listingholdevent" ("held_at", "held_by_id", "id", "listing", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."held_at", new_values."held_by_id", new_values."id", new_values."listing", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="22674ef60598691dbeb91763e9ec33287644ed04",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_55a94",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_listinghold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="listinghold",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_listingholdevent" ("held_at", "held_by_id", "id", "listing", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."held_at", old_values."held_by_id", old_values."id", old_values."listing", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="081be947336fc1f20795a5fef1a9fbfdc76ecf52",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8f836",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_listinghold",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fieldaudienceevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e6a6663862508329f8349e2f960a57e3c546aff8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f081f",
                    table="directory_fieldaudienceevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fieldaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_fieldaudienceevent" ("audience", "field", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience", new_values."field", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f5f67d11285a82f8a63a66f66468b5569b4563f2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_27e2d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_fieldaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fieldaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_fieldaudienceevent" ("audience", "field", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."audience", new_values."field", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="3a03b823c85a10444296365f5d52ca5cd6de883f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8e22e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_fieldaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="fieldaudience",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_fieldaudienceevent" ("audience", "field", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."audience", old_values."field", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9e2811e9a4534f1e65786957e462edecf5d9da4f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dae01",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_fieldaudience",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="personevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ad80f81bc38fab70754c6e141cc9dfdfdba48219",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_59f78",
                    table="directory_personevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordowner",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_recordownerevent" ("id", "linked_at", "linked_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."id", new_values."linked_at", new_values."linked_by_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c837a2359cda733a3817e61cfffccf571b60f288",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_020d7",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_recordowner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordowner",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_recordownerevent" ("id", "linked_at", "linked_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."id", new_values."linked_at", new_values."linked_by_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ee0dba30ecf4887141070f0a6d2333bae306ad4b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d36dc",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_recordowner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordowner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_recordownerevent" ("id", "linked_at", "linked_by_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT old_values."id", old_values."linked_at", old_values."linked_by_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="00482b1dd2bd656e6b129d18084f131a6f29f976",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7f856",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_recordowner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordownerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c891356d761d5305e318e2a8f290a7f1dbff77fe",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_cd82d",
                    table="directory_recordownerevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="searchexport",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cb0b2a0381248c67b4819f92f64a7fb1f6247cdc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_08118",
                    table="directory_searchexport",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertiseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dcbf2c20aedb8908cae4676558c8139e9e8b88b6",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_78bdc",
                    table="directory_expertiseevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertise",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertiseevent" ("id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stated_at", "tag_id") SELECT new_values."id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source_id", new_values."stated_at", new_values."tag_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="984e03b20bd4fc99a56557af8327729f4ce1db95",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bfa7e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_expertise",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertise",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertiseevent" ("id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stated_at", "tag_id") SELECT new_values."id", new_values."level", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source_id", new_values."stated_at", new_values."tag_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0cc7594d4777aa6b2076b275b2edd3e1b47c5c47",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b257f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_expertise",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="expertise",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_expertiseevent" ("id", "level", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stated_at", "tag_id") SELECT old_values."id", old_values."level", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source_id", old_values."stated_at", old_values."tag_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2a402b2cf4b23428e3de9085b6e17c196913ebdf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_34290",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_expertise",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9536722bf71a1b3e44cb1fc933dbf15eaadf98dc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_122cf",
                    table="directory_appointmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_appointmentevent" ("ends_on", "expected_end_on", "first_stated_on", "fte", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "source_id", "starts_on", "updated_at") SELECT new_values."ends_on", new_values."expected_end_on", new_values."first_stated_on", new_values."fte", new_values."id", new_values."kind", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."source_id", new_values."starts_on", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b1855f145938b339c81e3d2e8519693c0ac2897e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b247a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_appointmentevent" ("ends_on", "expected_end_on", "first_stated_on", "fte", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "source_id", "starts_on", "updated_at") SELECT new_values."ends_on", new_values."expected_end_on", new_values."first_stated_on", new_values."fte", new_values."id", new_values."kind", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."source_id", new_values."starts_on", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="14079957cf5dbd66e6c793a6c68c9d3e940eb3cb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8128a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_appointmentevent" ("ends_on", "expected_end_on", "first_stated_on", "fte", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "source_id", "starts_on", "updated_at") SELECT old_values."ends_on", old_values."expected_end_on", old_values."first_stated_on", old_values."fte", old_values."id", old_values."kind", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."post_id", old_values."source_id", old_values."starts_on", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cce19ec9aa9ee990a5e908204b1e5794887f5282",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a770e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_teamevent" ("code", "description", "feed_id", "id", "name", "organisation_id", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "status", "updated_at") SELECT new_values."code", new_values."description", new_values."feed_id", new_values."id", new_values."name", new_values."organisation_id", new_values."parent_id", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="64ba19e07e6d302a996d088d23ceccdece63d63f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1e25c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_teamevent" ("code", "description", "feed_id", "id", "name", "organisation_id", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "status", "updated_at") SELECT new_values."code", new_values."description", new_values."feed_id", new_values."id", new_values."name", new_values."organisation_id", new_values."parent_id", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."status", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="35dd09c5dd1016403a13874769635e01b5635426",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91ed9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="team",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_teamevent" ("code", "description", "feed_id", "id", "name", "organisation_id", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "status", "updated_at") SELECT old_values."code", old_values."description", old_values."feed_id", old_values."id", old_values."name", old_values."organisation_id", old_values."parent_id", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."status", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a2ece526091f5d26b78948bcafda674374af7571",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e9db6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="postevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ab00376116d22190f730434d26117c97b7512b52",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_8255d",
                    table="directory_postevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_postevent" ("closed_on", "contact_email", "contact_phone", "feed_id", "grade_id", "grade_stated", "holder_undisclosed", "id", "implied", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts_fte", "profession_id", "profession_stated", "reference", "reports_to_id", "responsibilities", "status", "team_id", "title", "updated_at") SELECT new_values."closed_on", new_values."contact_email", new_values."contact_phone", new_values."feed_id", new_values."grade_id", new_values."grade_stated", new_values."holder_undisclosed", new_values."id", new_values."implied", new_values."location_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posts_fte", new_values."profession_id", new_values."profession_stated", new_values."reference", new_values."reports_to_id", new_values."responsibilities", new_values."status", new_values."team_id", new_values."title", new_values."updated_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="e8146e550d101b237cd40e8edbc616e3b50b35f7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_53b50",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_postevent" ("closed_on", "contact_email", "contact_phone", "feed_id", "grade_id", "grade_stated", "holder_undisclosed", "id", "implied", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts_fte", "profession_id", "profession_stated", "reference", "reports_to_id", "responsibilities", "status", "team_id", "title", "updated_at") SELECT new_values."closed_on", new_values."contact_email", new_values."contact_phone", new_values."feed_id", new_values."grade_id", new_values."grade_stated", new_values."holder_undisclosed", new_values."id", new_values."implied", new_values."location_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posts_fte", new_values."profession_id", new_values."profession_stated", new_values."reference", new_values."reports_to_id", new_values."responsibilities", new_values."status", new_values."team_id", new_values."title", new_values."updated_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="461a95e78907634daf3f01601fcb4ed9e0a1edbd",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e6293",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="post",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_postevent" ("closed_on", "contact_email", "contact_phone", "feed_id", "grade_id", "grade_stated", "holder_undisclosed", "id", "implied", "location_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts_fte", "profession_id", "profession_stated", "reference", "reports_to_id", "responsibilities", "status", "team_id", "title", "updated_at") SELECT old_values."closed_on", old_values."contact_email", old_values."contact_phone", old_values."feed_id", old_values."grade_id", old_values."grade_stated", old_values."holder_undisclosed", old_values."id", old_values."implied", old_values."location_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posts_fte", old_values."profession_id", old_values."profession_stated", old_values."reference", old_values."reports_to_id", old_values."responsibilities", old_values."status", old_values."team_id", old_values."title", old_values."updated_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="19c2d3cb10000b97260fe64eb9fde3e4ef8782ee",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4a61d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_post",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grantevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b7f2b8559b1affa15f16e268b8e9571cf9469999",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b7388",
                    table="directory_grantevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantevent" ("feed_id", "granted_at", "granted_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "until", "user_id") SELECT new_values."feed_id", new_values."granted_at", new_values."granted_by_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."team_id", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="9fa01e4381525be4f055565caff854419096dd8a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a9b77",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="directory_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantevent" ("feed_id", "granted_at", "granted_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "until", "user_id") SELECT new_values."feed_id", new_values."granted_at", new_values."granted_by_id", new_values."id", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."team_id", new_values."until", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cdd6780db632781ef38ab09f56561c6aaf0a8c25",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a41a3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="directory_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="grant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "directory_grantevent" ("feed_id", "granted_at", "granted_by_id", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "team_id", "until", "user_id") SELECT old_values."feed_id", old_values."granted_at", old_values."granted_by_id", old_values."id", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."team_id", old_values."until", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="aeac6c7c1eaf5a6dcb8f73afc3f2e407ee2a8fb2",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_05666",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="directory_grant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="teamevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c2359458775a5498e69f3371b32f4193c913a4c9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d48f6",
                    table="directory_teamevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
