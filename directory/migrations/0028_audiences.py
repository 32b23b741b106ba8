"""Audiences by default, and who is held to a narrower listing."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from directory.sql import load


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0027_alerts"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            name="ListingHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "held_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
        ),
        migrations.CreateModel(
            name="ListingHoldEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "held_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.listinghold",
                    ),
                ),
            ],
            options={
                "abstract": False,
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_audiences",
                        to="directory.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrganisationAudienceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="directory.organisationaudience",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="listinghold",
            constraint=models.CheckConstraint(
                condition=models.Q(("listing__in", ["organisation", "unlisted", "protected"])),
                name="listing_hold_narrows",
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
        migrations.AddIndex(
            model_name="listingholdevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["pgh_created_at"], name="listinghold_trail_time"
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
        migrations.AddConstraint(
            model_name="organisationaudience",
            constraint=models.UniqueConstraint(
                fields=("organisation", "field"), name="organisation_audience_once"
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
        migrations.AddIndex(
            model_name="organisationaudienceevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["pgh_created_at"], name="organisationaudience_trail_time"
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
        load(
            name="audience_trails.1",
            drop="DROP TRIGGER chained ON directory_organisationaudienceevent;"
            " DROP TRIGGER chained ON directory_listingholdevent",
        ),
        load(name="shown_field.1", drop="DROP VIEW directory_shownfield"),
        load(name="prepare_projection.2", drop=""),
        load(name="gather_people.7", drop=""),
        load(name="project_gathered.7", drop=""),
    ]
