-- Looks are chained as the rest of the trail is (`audit_chain.1.sql`), in sixteen chains by who looked:
-- everybody who reads adds to them, and one chain would have them wait for each other.
CREATE FUNCTION keep_look_batch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Under which rows are written as text, now and whenever the trail is checked.
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET extra_float_digits = 1
SET bytea_output = 'hex' SET intervalstyle = 'postgres' AS $function$
DECLARE
    of_table text[];
BEGIN
    SELECT array_agg(attname::text ORDER BY attnum) INTO of_table FROM pg_attribute
     WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    INSERT INTO public.directory_auditbatch (chain, table_name, columns, keys, digests, made_at)
    SELECT 'looks ' || (fresh.by_id % 16), TG_TABLE_NAME, of_table, array_agg(fresh.id::text),
           array_agg(sha256(convert_to(ROW(fresh.*)::text, 'UTF8'))), now()
      FROM fresh GROUP BY fresh.by_id % 16;
    RETURN NULL;
END
$function$;

CREATE TRIGGER chained AFTER INSERT ON directory_look REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_look_batch();
