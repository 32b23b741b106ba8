-- A reporting line never leads back to where it started. Checked once a statement: any new loop
-- passes through a changed line, so walking up from the managers of changed posts finds it.
CREATE FUNCTION post_reports_to_check() RETURNS trigger LANGUAGE plpgsql
-- Here too, so that what the changed posts are joined by ends with the function.
SET enable_nestloop = on AS $function$
DECLARE
    looping uuid;
BEGIN
    -- Of a few, whoever stands above is found without reading all posts; looked up singly, many
    -- take long. Planned anew each time, or the first would decide it for all.
    PERFORM set_config('enable_nestloop', (count(*) < 20000)::text, true) FROM changed;
    EXECUTE $walk$
        WITH RECURSIVE line AS (
            SELECT DISTINCT post.id AS start_id, post.reports_to_id AS above_id
              FROM changed
              JOIN directory_post post ON post.id = changed.reports_to_id
             WHERE post.reports_to_id IS NOT NULL
            UNION
            SELECT line.start_id, post.reports_to_id
              FROM line
              JOIN directory_post post ON post.id = line.above_id
             WHERE post.reports_to_id IS NOT NULL AND line.above_id <> line.start_id
        )
        SELECT start_id FROM line WHERE above_id = start_id LIMIT 1
    $walk$ INTO looping;
    IF looping IS NOT NULL THEN
        RAISE EXCEPTION 'the reporting line of post % leads back to it', looping
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_reports_to_has_no_loop';
    END IF;
    RETURN NULL;
END
$function$;

CREATE TRIGGER post_reports_to_inserted
    AFTER INSERT ON directory_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION post_reports_to_check();

CREATE TRIGGER post_reports_to_updated
    AFTER UPDATE ON directory_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION post_reports_to_check();
