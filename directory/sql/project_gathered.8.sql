-- Writes the entries of the people gathered (`gather_people.8.sql`), and takes those of the others away.
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
        sort_name, email, phones, tokens, more, tags, narrowed
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
        SELECT target.id AS person_id, target.audience, array_agg(DISTINCT tag.id) AS tags,
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
         WHERE target.shows_expertise
         GROUP BY target.id, target.audience
    )
    SELECT target.id, target.audience, drawn_lot(target.id),
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
           skilled.tags, target.narrowed
      FROM gathered_person target
      LEFT JOIN named given ON given.said = target.given_name
      LEFT JOIN named family ON family.said = target.family_name
      LEFT JOIN named preferred ON preferred.said = target.preferred_name
      LEFT JOIN named other ON other.said = target.other_name
      LEFT JOIN held ON held.person_id = target.id AND held.place = 1
      LEFT JOIN further ON further.person_id = target.id
      LEFT JOIN skilled
        ON skilled.person_id = target.id AND skilled.audience = target.audience
      LEFT JOIN trait days ON days.said = 'works ' || target.days;
    ANALYZE fresh_entry (person_id);

    -- Rows that stay as they are leave both sides, so that nothing is rewritten or counted for them.
    -- Entries are looked up by their people here, one by one, so that a run costs what it changed.
    DELETE FROM fresh_entry fresh
     WHERE EXISTS (
         SELECT FROM directory_searchentry entry
          WHERE entry.person_id = fresh.person_id AND entry.audience = fresh.audience
            AND (entry.sort_name, entry.email, entry.phones, entry.tokens, entry.fullness,
                 entry.organisation, entry.grade, entry.profession, entry.location, entry.more,
                 entry.tags, entry.narrowed)
                IS NOT DISTINCT FROM
                (fresh.sort_name, fresh.email, fresh.phones, fresh.tokens, fresh.fullness,
                 fresh.organisation, fresh.grade, fresh.profession, fresh.location, fresh.more,
                 fresh.tags, fresh.narrowed)
         OFFSET 0);

    -- Few have entries for their organisation, or are found by it alone. Words are counted as all of
    -- government has them: more would tell of somebody whom fewer may find.
    WITH replaced AS (
        (SELECT unnest(ids) AS id EXCEPT SELECT id FROM gathered_person)
        UNION SELECT person_id FROM fresh_entry
        UNION SELECT id FROM gathered_person WHERE leads AND audience <> 'government'
        UNION SELECT entry.person_id FROM directory_searchentry entry
               WHERE entry.audience <> 'government' AND entry.person_id = ANY(ids)
    ), gone AS (
        DELETE FROM directory_searchentry entry
         WHERE entry.person_id = ANY(ARRAY(SELECT id FROM replaced))
           AND (EXISTS (SELECT FROM fresh_entry fresh
                         WHERE fresh.person_id = entry.person_id AND fresh.audience = entry.audience)
                OR NOT EXISTS (
                   SELECT FROM gathered_person gathered
                    WHERE gathered.id = entry.person_id AND gathered.audience = entry.audience))
        RETURNING entry.audience, entry.tokens
    ), counted AS (
        SELECT token, -1 AS change FROM gone CROSS JOIN unnest(tokens) AS token
         WHERE audience = 'government'
        UNION ALL
        SELECT token, 1 FROM fresh_entry CROSS JOIN unnest(tokens) AS token
         WHERE audience = 'government'
    )
    INSERT INTO directory_searchtally (term_id, people)
    SELECT token, sum(change) FROM counted GROUP BY token HAVING sum(change) <> 0;

    INSERT INTO directory_searchentry (
        person_id, audience, lot, fullness, organisation, grade, profession, location,
        sort_name, email, phones, tokens, more, tags, narrowed
    )
    SELECT person_id, audience, lot, fullness, organisation, grade, profession, location,
           sort_name, email, phones, tokens, more, tags, narrowed
      FROM fresh_entry ORDER BY sort_name;
END
$function$;
