-- The temporary tables of a transaction that projects people: who they are, to whom each row is shown,
-- and whether their expertise is.
CREATE FUNCTION prepare_projection() RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS gathered_person (
        id uuid, given_name text, family_name text, preferred_name text, other_name text,
        sort_name text, email text, phones text, days text,
        audience text, leads boolean, narrowed boolean,
        shows_expertise boolean
    ) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS gathered_post (
        person_id uuid, title text, team_id uuid, grade_id bigint, profession_id bigint,
        location_id bigint, kind text
    ) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS gathered_word (space text, said text, word text) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS gathered_token (space text, said text, tokens integer[])
        ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS fresh_entry ON COMMIT DROP AS
        SELECT person_id, audience, lot, fullness, organisation, grade, profession, location,
               sort_name, email, phones, tokens, more, tags, narrowed
          FROM directory_searchentry WITH NO DATA;
END
$function$;
