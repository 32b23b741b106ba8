"""Whose record is whose; what an organisation sees of its own people; roles end with their holder."""

import uuid

import django.contrib.postgres.functions
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
        ("directory", "0022_credential_use"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldAudienceEvent",
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
            ],
            options={
                "abstract": False,
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
                    "linked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "verbose_name": "record owner",
            },
        ),
        migrations.CreateModel(
            name="RecordOwnerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                    "linked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="credential",
            name="credential_pushes_to_one_feed",
        ),
        migrations.AddField(
            model_name="searchentry",
            name="narrowed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="credential",
            name="scope",
            field=models.CharField(
                choices=[
                    ("read", "Read what all of government may see"),
                    ("read-organisation", "Read what one organisation's own people may see"),
                    ("push", "Push to one feed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="credentialevent",
            name="scope",
            field=models.CharField(
                choices=[
                    ("read", "Read what all of government may see"),
                    ("read-organisation", "Read what one organisation's own people may see"),
                    ("push", "Push to one feed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                condition=models.Q(("audience", "government"), _negated=True),
                fields=["person"],
                name="entry_narrower",
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
        migrations.AddConstraint(
            model_name="credential",
            constraint=models.CheckConstraint(
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
            ),
        ),
        migrations.AddField(
            model_name="fieldaudienceevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directory.person",
            ),
        ),
        migrations.AddField(
            model_name="fieldaudienceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="fieldaudienceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directory.fieldaudience",
            ),
        ),
        migrations.AddField(
            model_name="recordowner",
            name="linked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recordowner",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="owner",
                to="directory.person",
            ),
        ),
        migrations.AddField(
            model_name="recordowner",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="own_record",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recordownerevent",
            name="linked_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="recordownerevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directory.person",
            ),
        ),
        migrations.AddField(
            model_name="recordownerevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="recordownerevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="directory.recordowner",
            ),
        ),
        migrations.AddField(
            model_name="recordownerevent",
            name="user",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="fieldaudienceevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["pgh_created_at"], name="fieldaudience_trail_time"
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
        migrations.AddIndex(
            model_name="recordownerevent",
            index=django.contrib.postgres.indexes.BrinIndex(
                fields=["pgh_created_at"], name="recordowner_trail_time"
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
        load(name="record_trails.1", drop=""),
        load(
            name="departed_grants.1",
            drop="DROP TRIGGER departed ON directory_person; DROP FUNCTION end_grants_of_departed()",
        ),
    ]
