"""The trail is chained; what it holds already is sealed as it is found."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from directory.sql import load

_TAKE_AWAY = """
    DROP FUNCTION keep_audit_batch CASCADE;
    DROP FUNCTION add_audit_link CASCADE;
    DROP FUNCTION audit_batch_digest;
"""

#: One batch for each table that holds rows, under the settings of `keep_audit_batch`.
_SEAL = """
DO $$
DECLARE
    kept record;
    of_table text[];
BEGIN
    PERFORM set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
            set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true),
            set_config('intervalstyle', 'postgres', true);
    FOR kept IN
        SELECT tgrelid::regclass AS trail, replace(encode(tgargs, 'escape'), '\\000', '') AS key
          FROM pg_trigger WHERE tgname = 'chained' ORDER BY 1
    LOOP
        SELECT array_agg(attname::text ORDER BY attnum) INTO of_table FROM pg_attribute
         WHERE attrelid = kept.trail AND attnum > 0 AND NOT attisdropped;
        EXECUTE format(
            'INSERT INTO directory_auditbatch (chain, table_name, columns, keys, digests)'
            ' SELECT ''rest'', $1, $2, array_agg(held.%1$I::text ORDER BY held.%1$I),'
            '        array_agg(sha256(convert_to(ROW(held.*)::text, ''UTF8''))'
            '                  ORDER BY held.%1$I)'
            '   FROM %2$s held HAVING count(*) > 0', kept.key, kept.trail)
        USING kept.trail::text, of_table;
    END LOOP;
    -- Before the transaction goes on to change the tables.
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0020_named_values"),
    ]

    operations = [
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
                ("previous", models.BinaryField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "verbose_name": "audit link",
            },
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
        migrations.AddField(
            model_name="auditlink",
            name="batch",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="directory.auditbatch",
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
        load(name="audit_chain.1", drop=_TAKE_AWAY),
        migrations.RunSQL(sql=_SEAL, reverse_sql=migrations.RunSQL.noop),
    ]
