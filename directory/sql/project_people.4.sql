-- Writes search entries in two steps, so that new words can be committed in between by a short
-- transaction of their own: a run that holds its words until it commits would make every other feed
-- with the same new word wait for it.

-- Before: the temporary tables of a transaction.
CREATE FUNCTION prepare_projection() RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    CREATE TEMP TABLE IF NOT EXISTS gathered_person (
        id uuid, given_name text, family_name text, preferred_name text, other_name text,
        sort_name text, email text, phones text, days text
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
               sort_name, email, phones, tokens, more, tags
          FROM directory_searchentry WITH NO DATA;
END
$function$;

-- Step one: gathers what the given people are found by, and returns the terms that the vocabulary
-- does not have yet. Names, titles and teams recur, so the words of each are made once.
CREATE FUNCTION gather_people(ids uuid[]) RETURNS TABLE (space text, term text)
LANGUAGE plpgsql AS $function$
#variable_conflict use_column
BEGIN
    DELETE FROM gathered_person;
    DELETE FROM gathered_post;
    DELETE FROM gathered_word;

    -- What somebody shows to fewer than all of government is not in it.
    INSERT INTO gathered_person
    SELECT person.id, person.given_name, person.family_name, person.preferred_name,
           CASE WHEN person.given_name || person.family_name = '' THEN person.display_name ELSE '' END,
           fold_text(person.family_name || ' ' || person.given_name),
           CASE WHEN 'email' = ANY(narrowed.fields) THEN '' ELSE left(lower(person.email), 254) END,
           concat_ws(' ',
               CASE WHEN 'phone' = ANY(narrowed.fields) THEN NULL
                    ELSE nullif(regexp_replace(person.phone, '\(0\)|[^0-9]', '', 'g'), '') END,
               CASE WHEN 'mobile' = ANY(narrowed.fields) THEN NULL
                    ELSE nullif(regexp_replace(person.mobile, '\(0\)|[^0-9]', '', 'g'), '') END),
           CASE WHEN 'working_days' = ANY(narrowed.fields) THEN '' ELSE person.working_days END
      FROM (SELECT DISTINCT unnest(ids) AS id) target
      JOIN directory_person person USING (id)
      LEFT JOIN (
          SELECT audience.person_id, array_agg(audience.field) AS fields
            FROM directory_fieldaudience audience
           WHERE audience.audience <> 'government'
           GROUP BY audience.person_id
      ) narrowed ON narrowed.person_id = person.id
     WHERE person.status = 'active' AND person.listing = 'government'
       AND person.merged_into_id IS NULL;
    -- Of every table the columns it is joined by: lists and long texts take longest.
    ANALYZE gathered_person (id);

    INSERT INTO gathered_post
    SELECT appointment.person_id, post.title, post.team_id, post.grade_id, post.profession_id,
           post.location_id, appointment.kind
      FROM gathered_person target
      JOIN directory_appointment appointment
        ON appointment.person_id = target.id AND appointment.ends_on IS NULL
      JOIN directory_post post ON post.id = appointment.post_id;
    ANALYZE gathered_post (person_id, team_id, title);

    INSERT INTO gathered_word
    SELECT 'name', said, word
      FROM (SELECT given_name AS said FROM gathered_person
            UNION SELECT family_name FROM gathered_person
            UNION SELECT preferred_name FROM gathered_person
            UNION SELECT other_name FROM gathered_person) names
      CROSS JOIN unnest(name_words(said)) AS word
    UNION ALL
    SELECT 'title', title, left(word, 60)
      FROM (SELECT DISTINCT title FROM gathered_post) titles
      CROSS JOIN unnest(string_to_array(fold_text(title), ' ')) AS word
     WHERE word <> ''
    UNION ALL
    SELECT 'team word', team.id::text, left(word, 60)
      FROM (SELECT DISTINCT team_id AS id FROM gathered_post) teams
      JOIN directory_team team USING (id)
      CROSS JOIN unnest(string_to_array(fold_text(team.name), ' ')) AS word
     WHERE word <> ''
    UNION ALL
    SELECT 'tag word', tag.id::text, label.word
      FROM (SELECT DISTINCT claim.tag_id AS id FROM gathered_person target
              JOIN directory_expertise claim ON claim.person_id = target.id) tag
      JOIN directory_searchterm itself ON itself.space = 'tag' AND itself.term = tag.id::text
      JOIN directory_searchlabel label ON label.token = itself.id
    UNION ALL
    SELECT 'trait', 'works ' || days, 'works ' || day
      FROM (SELECT DISTINCT days FROM gathered_person WHERE days <> '') stated
      CROSS JOIN unnest(working_days(days)) AS day
    UNION ALL
    SELECT 'trait', 'holds ' || kind, 'holds ' || kind
      FROM (SELECT DISTINCT kind FROM gathered_post WHERE kind <> 'substantive') kinds
    UNION ALL
    SELECT 'trait', 'has expertise', 'has expertise';
    INSERT INTO gathered_word
    SELECT DISTINCT 'prefix', said, left(word, letters)
      FROM gathered_word CROSS JOIN generate_series(1, 3) AS letters
     WHERE space = 'name';
    ANALYZE gathered_word (space, said);

    RETURN QUERY
    SELECT DISTINCT gathered.space, gathered.word
      FROM gathered_word gathered
      LEFT JOIN directory_searchterm known
        ON known.space = gathered.space AND known.term = gathered.word
     WHERE known.id IS NULL;
END
$function$;

-- Step two: writes the entries of the people gathered, and takes those of the others away.
CREATE FUNCTION project_gathered(ids uuid[]) RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    DELETE FROM gathered_token;
    DELETE FROM fresh_entry;

    INSERT INTO gathered_token
    SELECT CASE gathered.space WHEN 'prefix' THEN 'name' ELSE gathered.space END, gathered.said,
           array_agg(DISTINCT term.id)
      FROM gathered_word gathered
      JOIN directory_searchterm term ON term.space = gathered.space AND term.term = gathered.word
     GROUP BY 1, 2;
    ANALYZE gathered_token (space, said);

    INSERT INTO fresh_entry (
        person_id, audience, lot, fullness, organisation, grade, profession, location,
        sort_name, email, phones, tokens, more, tags
    )
    WITH named AS MATERIALIZED (
        SELECT said, tokens FROM gathered_token WHERE space = 'name'
    ), titled AS MATERIALIZED (
        SELECT said, tokens FROM gathered_token WHERE space = 'title'
    ), place AS MATERIALIZED (
        SELECT team.id AS team_id, body.id AS organisation, itself.id AS team,
               coalesce(words.tokens, '{}') AS tokens
          FROM (SELECT DISTINCT team_id AS id FROM gathered_post) used
          JOIN directory_team team USING (id)
          JOIN directory_searchterm body
            ON body.space = 'organisation' AND body.term = team.organisation_id::text
          JOIN directory_searchterm itself ON itself.space = 'team' AND itself.term = team.id::text
          LEFT JOIN gathered_token words ON words.space = 'team word' AND words.said = team.id::text
    ), trait AS MATERIALIZED (
        SELECT said, tokens FROM gathered_token WHERE space = 'trait'
    ), code AS MATERIALIZED (
        SELECT space, term::bigint AS row_id, id FROM directory_searchterm
         WHERE space IN ('grade', 'profession', 'location')
    ), held AS MATERIALIZED (
        SELECT post.person_id, place.organisation, place.team, grade.id AS grade,
               profession.id AS profession, location.id AS location,
               coalesce(titled.tokens, '{}') || place.tokens || kind.tokens AS tokens,
               kind.tokens AS unusual,
               row_number() OVER (
                   PARTITION BY post.person_id
                   ORDER BY post.title, place.team, grade.id, profession.id, location.id, post.kind
               ) AS place,
               post.title
          FROM gathered_post post
          JOIN place USING (team_id)
          LEFT JOIN trait kind ON kind.said = 'holds ' || post.kind
          LEFT JOIN titled ON titled.said = post.title
          LEFT JOIN code grade ON grade.space = 'grade' AND grade.row_id = post.grade_id
          LEFT JOIN code profession
            ON profession.space = 'profession' AND profession.row_id = post.profession_id
          LEFT JOIN code location ON location.space = 'location' AND location.row_id = post.location_id
    ), further AS MATERIALIZED (
        SELECT later.person_id, array_agg(DISTINCT code) AS codes, array_agg(DISTINCT token) AS tokens
          FROM held later
          CROSS JOIN LATERAL unnest(
              ARRAY[later.organisation, later.grade, later.profession, later.location]
              || later.unusual) AS code
          CROSS JOIN LATERAL unnest(later.tokens || later.team) AS token
          JOIN held first_held ON first_held.person_id = later.person_id AND first_held.place = 1
         WHERE later.place > 1
         GROUP BY later.person_id
    ), skilled AS MATERIALIZED (
        SELECT claim.person_id, array_agg(DISTINCT tag.id) AS tags,
               array_agg(DISTINCT tag.id) || (SELECT tokens FROM trait WHERE said = 'has expertise')
                   || array_agg(DISTINCT master.id) FILTER (WHERE master.id IS NOT NULL)
                   || array_agg(DISTINCT word) FILTER (WHERE word IS NOT NULL) AS tokens
          FROM gathered_person target
          JOIN directory_expertise claim ON claim.person_id = target.id
          JOIN directory_searchterm tag ON tag.space = 'tag' AND tag.term = claim.tag_id::text
          LEFT JOIN gathered_token said
            ON said.space = 'tag word' AND said.said = claim.tag_id::text
          LEFT JOIN LATERAL unnest(said.tokens) AS word ON true
          LEFT JOIN directory_searchterm master
            ON master.space = 'tag expert' AND master.term = claim.tag_id::text
           AND (claim.level = 'expert'
                OR (SELECT count(*) FROM directory_endorsement endorsement
                     WHERE endorsement.expertise_id = claim.id) >= 3)
         WHERE NOT EXISTS (
               SELECT FROM directory_fieldaudience audience
                WHERE audience.person_id = target.id AND audience.field = 'expertise'
                  AND audience.audience <> 'government')
         GROUP BY claim.person_id
    )
    SELECT target.id, 'government', drawn_lot(target.id),
           (coalesce(held.title, '') <> '')::int + (held.grade IS NOT NULL)::int + (held.profession IS NOT NULL)::int
               + (held.location IS NOT NULL)::int + (target.email <> '')::int
               + (target.phones <> '')::int + (skilled.tags IS NOT NULL)::int,
           held.organisation, held.grade, held.profession, held.location,
           target.sort_name, target.email, target.phones,
           -- With one name of each kind and one post no token is there twice, unless the names begin
           -- alike: taking them as they come is much quicker than sorting them.
           CASE WHEN preferred.tokens IS NULL AND other.tokens IS NULL AND further.tokens IS NULL
                     AND (given.tokens OPERATOR(pg_catalog.&&) family.tokens) IS NOT TRUE
                THEN array_remove(
                    given.tokens || family.tokens || held.tokens || skilled.tokens || days.tokens
                    || ARRAY[held.organisation, held.team, held.grade, held.profession, held.location],
                    NULL)
                ELSE ARRAY(
                    SELECT DISTINCT token
                      FROM unnest(given.tokens || family.tokens || preferred.tokens || other.tokens
                                  || held.tokens || further.tokens || further.codes
                                  || skilled.tokens || days.tokens
                                  || ARRAY[held.organisation, held.team, held.grade,
                                           held.profession, held.location]) AS token
                     WHERE token IS NOT NULL ORDER BY token)
           END,
           nullif(ARRAY(SELECT DISTINCT code
                          FROM unnest(further.codes || held.unusual || days.tokens) AS code
                         WHERE code IS DISTINCT FROM held.organisation
                           AND code IS DISTINCT FROM held.grade
                           AND code IS DISTINCT FROM held.profession
                           AND code IS DISTINCT FROM held.location
                           AND code IS NOT NULL ORDER BY code), '{}'),
           skilled.tags
      FROM gathered_person target
      LEFT JOIN named given ON given.said = target.given_name
      LEFT JOIN named family ON family.said = target.family_name
      LEFT JOIN named preferred ON preferred.said = target.preferred_name
      LEFT JOIN named other ON other.said = target.other_name
      LEFT JOIN held ON held.person_id = target.id AND held.place = 1
      LEFT JOIN further ON further.person_id = target.id
      LEFT JOIN skilled ON skilled.person_id = target.id
      LEFT JOIN trait days ON days.said = 'works ' || target.days;
    ANALYZE fresh_entry (person_id);

    -- Rows that stay as they are leave both sides, so that nothing is rewritten or counted for them.
    DELETE FROM fresh_entry fresh USING directory_searchentry entry
     WHERE entry.person_id = fresh.person_id AND entry.audience = fresh.audience
       AND (entry.sort_name, entry.email, entry.phones, entry.tokens, entry.fullness, entry.organisation,
            entry.grade, entry.profession, entry.location, entry.more, entry.tags)
           IS NOT DISTINCT FROM
           (fresh.sort_name, fresh.email, fresh.phones, fresh.tokens, fresh.fullness, fresh.organisation,
            fresh.grade, fresh.profession, fresh.location, fresh.more, fresh.tags);

    WITH gone AS (
        DELETE FROM directory_searchentry entry
         USING (SELECT DISTINCT unnest(ids) AS id) target
         WHERE entry.person_id = target.id
           AND (EXISTS (SELECT FROM fresh_entry fresh WHERE fresh.person_id = target.id)
                OR NOT EXISTS (SELECT FROM gathered_person standing WHERE standing.id = target.id))
        RETURNING entry.tokens
    ), counted AS (
        SELECT token, -1 AS change FROM gone CROSS JOIN unnest(tokens) AS token
        UNION ALL
        SELECT token, 1 FROM fresh_entry CROSS JOIN unnest(tokens) AS token
    )
    INSERT INTO directory_searchtally (term_id, people)
    SELECT token, sum(change) FROM counted GROUP BY token HAVING sum(change) <> 0;

    INSERT INTO directory_searchentry (
        person_id, audience, lot, fullness, organisation, grade, profession, location,
        sort_name, email, phones, tokens, more, tags
    )
    SELECT person_id, audience, lot, fullness, organisation, grade, profession, location,
           sort_name, email, phones, tokens, more, tags
      FROM fresh_entry ORDER BY sort_name;
END
$function$;

-- The lot a person draws, once for life: one in 8 people has 1 or more, one in 64 has 2, then 3 and
-- 4. Searches that find very many look at those with a lot, which is a fair sample of all. Not
-- STRICT and without FROM, so that it is inlined: a call would cost as much as the rest of an entry.
CREATE FUNCTION drawn_lot(person_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN get_byte(uuid_send(person_id), 15) & 7 > 0 THEN 0::smallint
        WHEN get_byte(uuid_send(person_id), 15) & 63 > 0 THEN 1
        WHEN get_byte(uuid_send(person_id), 15) > 0 OR get_byte(uuid_send(person_id), 14) & 1 > 0
            THEN 2
        WHEN get_byte(uuid_send(person_id), 14) & 15 > 0 THEN 3
        ELSE 4
    END
$function$;

-- Folds the tallies into the vocabulary. One does it at a time; whoever comes meanwhile leaves theirs
-- to the next, so nobody waits.
CREATE FUNCTION fold_search_tallies() RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('fold_search_tallies')) THEN
        RETURN;
    END IF;
    WITH taken AS (
        DELETE FROM directory_searchtally RETURNING term_id, people
    )
    UPDATE directory_searchterm term SET people = term.people + total.people
      FROM (SELECT term_id, sum(people) AS people FROM taken GROUP BY term_id) total
     WHERE term.id = total.term_id;
END
$function$;

-- Files what was added to the indexes of entries lately: until then every search reads through it.
-- Only an index's owner may, so this runs as the owner, and takes nothing from its caller.
CREATE FUNCTION file_new_entries() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $function$
BEGIN
    PERFORM gin_clean_pending_list(name::regclass)
       FROM unnest('{entry_tokens,entry_tokens_8,entry_tokens_64,entry_tokens_512,entry_phones}'::text[])
         AS name;
END
$function$;
