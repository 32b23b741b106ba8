-- The trail is chained: every statement that adds to it leaves a batch with a digest of each row,
-- and every batch becomes a link that holds the digest of the one before. Whoever rewrites a row,
-- a batch or a link, as a superuser may, leaves a digest that does not fit.
-- There is one chain for each feed, so that feeds never wait for each other, and one for the rest.

ALTER TABLE directory_auditbatch ALTER COLUMN digests SET STORAGE EXTERNAL;

-- What a link vouches for. Digests stand for the rows: a row's content may be erased and the chain
-- holds. Numbers and jsonb read the same under every setting; times do not, so seconds it is.
CREATE FUNCTION audit_batch_digest(batch directory_auditbatch) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $function$
    SELECT sha256(
        convert_to(
            jsonb_build_array(
                batch.chain, batch.table_name, batch.columns, batch.keys, batch.said,
                extract(epoch FROM batch.made_at))::text, 'UTF8')
        || coalesce((SELECT string_agg(digest, '' ORDER BY place)
                       FROM unnest(batch.digests) WITH ORDINALITY AS each (digest, place)), ''))
$function$;

-- The argument is the column that identifies a row of the table.
CREATE FUNCTION keep_audit_batch() RETURNS trigger
-- Nobody else adds batches: the serving role has no right to.
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Under which rows are written as text, now and whenever the trail is checked.
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET extra_float_digits = 1
SET bytea_output = 'hex' SET intervalstyle = 'postgres' AS $function$
DECLARE
    known_as CONSTANT text := TG_ARGV[0];
    of_table text[];
    act text := 'NULL::jsonb';
BEGIN
    SELECT array_agg(attname::text ORDER BY attnum) INTO of_table FROM pg_attribute
     WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped;
    IF 'pgh_context_id' = ANY (of_table) THEN
        act := '(SELECT said.metadata FROM public.pghistory_context said'
               '  WHERE said.id = (SELECT pgh_context_id FROM fresh LIMIT 1))';
    END IF;
    EXECUTE format(
        'INSERT INTO public.directory_auditbatch'
        '       (chain, table_name, columns, keys, digests, said, made_at)'
        ' SELECT coalesce(''feed '' || (act.said->>''feed''), ''rest''), $1, $2,'
        '        rows.keys, rows.digests, act.said, now()'
        '   FROM (SELECT array_agg(fresh.%1$I::text) AS keys,'
        '                array_agg(sha256(convert_to(ROW(fresh.*)::text, ''UTF8''))) AS digests'
        '           FROM fresh) rows,'
        '        (SELECT %2$s AS said) act'
        '  WHERE rows.keys IS NOT NULL', known_as, act)
    USING TG_TABLE_NAME::text, of_table;
    RETURN NULL;
END
$function$;

-- When the transaction ends: only then is the order of two of them settled, and the wait for the
-- chain's end is short and the last thing they do, so nobody waits for each other in a circle.
CREATE FUNCTION add_audit_link() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $function$
DECLARE
    latest public.directory_auditlink;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit chain ' || NEW.chain, 0));
    SELECT * INTO latest FROM public.directory_auditlink
     WHERE chain = NEW.chain ORDER BY sequence DESC LIMIT 1;
    INSERT INTO public.directory_auditlink (chain, sequence, batch_id, previous, digest)
    VALUES (NEW.chain, coalesce(latest.sequence, 0) + 1, NEW.id, coalesce(latest.digest, ''),
            sha256(coalesce(latest.digest, '') || public.audit_batch_digest(NEW)));
    RETURN NULL;
END
$function$;

CREATE CONSTRAINT TRIGGER linked AFTER INSERT ON directory_auditbatch
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION add_audit_link();

CREATE TRIGGER chained AFTER INSERT ON directory_appointmentevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_credentialevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_expertiseevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_expertisetagevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_feedevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_grantevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_locationevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_organisationevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_personevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_postevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_teamevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_searchexport REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('id');
