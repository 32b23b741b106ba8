-- Foreign keys of the tables that a run fills by the hundred thousand, checked once a statement for
-- all of its rows. PostgreSQL's own check asks for one row at a time, which took an eighth of a first
-- load. These refuse the same: a row that names what is not there, and the end of what is named.

-- The arguments come in pairs: a column of this table, and the table whose id it holds.
CREATE FUNCTION refuse_missing_named() RETURNS trigger
-- Locking rows takes a right to write them, which somebody who only adds appointments may not have.
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
-- Here too, so that what the rows at hand are joined by ends with the function.
SET enable_nestloop = on AS $function$
DECLARE
    look text;
    missing text;
    of_others boolean;
BEGIN
    -- The planner cannot tell how many different rows are named; looked up singly, many take long.
    PERFORM set_config('enable_nestloop', (count(*) < 20000)::text, true) FROM changed;
    FOR place IN 0 .. TG_NARGS - 1 BY 2 LOOP
        look := format(
            'SELECT min(naming.id::text) FILTER (WHERE named.id IS NULL),'
            '       bool_or(named.xmin <> pg_current_xact_id()::xid)'
            '  FROM (SELECT DISTINCT %1$I AS id FROM changed WHERE %1$I IS NOT NULL) naming'
            '  LEFT JOIN %2$I named ON named.id = naming.id',
            TG_ARGV[place], TG_ARGV[place + 1]);
        EXECUTE look INTO missing, of_others;
        -- What this transaction wrote nobody else can end. What others did is made to stay until
        -- this transaction ends, and looked up again: it may have ended meanwhile.
        IF of_others AND missing IS NULL THEN
            EXECUTE format(
                'SELECT FROM %2$I named'
                ' WHERE named.id IN (SELECT %1$I FROM changed)'
                '   AND named.xmin <> pg_current_xact_id()::xid'
                '   FOR KEY SHARE OF named',
                TG_ARGV[place], TG_ARGV[place + 1]);
            EXECUTE look INTO missing, of_others;
        END IF;
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'a row of % names in % what is not in %: %',
                TG_TABLE_NAME, TG_ARGV[place], TG_ARGV[place + 1], missing
                USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME,
                      COLUMN = TG_ARGV[place];
        END IF;
    END LOOP;
    RETURN NULL;
END
$function$;

-- The arguments come in pairs: a table, and its column that may hold an id of this one.
CREATE FUNCTION refuse_end_of_named() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
SET enable_nestloop = on AS $function$
DECLARE
    named text;
BEGIN
    FOR place IN 0 .. TG_NARGS - 1 BY 2 LOOP
        EXECUTE format(
            'SELECT ended.id::text FROM ended'
            ' WHERE EXISTS (SELECT FROM %1$I naming WHERE naming.%2$I = ended.id) LIMIT 1',
            TG_ARGV[place], TG_ARGV[place + 1]) INTO named;
        IF named IS NOT NULL THEN
            RAISE EXCEPTION 'a row of % still names this one of % in %: %',
                TG_ARGV[place], TG_TABLE_NAME, TG_ARGV[place + 1], named
                USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
        END IF;
    END LOOP;
    RETURN NULL;
END
$function$;

CREATE FUNCTION refuse_new_id() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    RAISE EXCEPTION 'the id of a row of % is for life', TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, COLUMN = 'id';
END
$function$;

CREATE TRIGGER post_names_inserted
    AFTER INSERT ON directory_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_missing_named(
        'team_id', 'directory_team', 'grade_id', 'directory_grade',
        'profession_id', 'directory_profession', 'location_id', 'directory_location',
        'reports_to_id', 'directory_post');
CREATE TRIGGER post_names_updated
    AFTER UPDATE ON directory_post REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_missing_named(
        'team_id', 'directory_team', 'grade_id', 'directory_grade',
        'profession_id', 'directory_profession', 'location_id', 'directory_location',
        'reports_to_id', 'directory_post');
CREATE TRIGGER appointment_names_inserted
    AFTER INSERT ON directory_appointment REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_missing_named(
        'person_id', 'directory_person', 'post_id', 'directory_post');
CREATE TRIGGER appointment_names_updated
    AFTER UPDATE ON directory_appointment REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_missing_named(
        'person_id', 'directory_person', 'post_id', 'directory_post');

CREATE TRIGGER team_ended
    AFTER DELETE ON directory_team REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named('directory_post', 'team_id');
CREATE TRIGGER grade_ended
    AFTER DELETE ON directory_grade REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named('directory_post', 'grade_id');
CREATE TRIGGER profession_ended
    AFTER DELETE ON directory_profession REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named('directory_post', 'profession_id');
CREATE TRIGGER location_ended
    AFTER DELETE ON directory_location REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named('directory_post', 'location_id');
CREATE TRIGGER post_ended
    AFTER DELETE ON directory_post REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named(
        'directory_post', 'reports_to_id', 'directory_appointment', 'post_id');
CREATE TRIGGER person_ended
    AFTER DELETE ON directory_person REFERENCING OLD TABLE AS ended
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_end_of_named('directory_appointment', 'person_id');

CREATE TRIGGER team_keeps_its_id AFTER UPDATE OF id ON directory_team
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
CREATE TRIGGER grade_keeps_its_id AFTER UPDATE OF id ON directory_grade
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
CREATE TRIGGER profession_keeps_its_id AFTER UPDATE OF id ON directory_profession
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
CREATE TRIGGER location_keeps_its_id AFTER UPDATE OF id ON directory_location
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
CREATE TRIGGER post_keeps_its_id AFTER UPDATE OF id ON directory_post
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
CREATE TRIGGER person_keeps_its_id AFTER UPDATE OF id ON directory_person
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_new_id();
