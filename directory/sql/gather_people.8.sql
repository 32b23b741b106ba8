-- Gathers what the given people are found by, and returns the terms that the vocabulary does not have
-- yet. Names, titles and teams recur, so the words of each are made once. Few people are looked up one
-- by one, together with their posts, so that it costs what changed. What an organisation shows by
-- default is asked for where any organisation says so.
CREATE FUNCTION gather_people(ids uuid[]) RETURNS TABLE (space text, term text)
LANGUAGE plpgsql AS $function$
#variable_conflict use_column
DECLARE
    few constant integer := 20000;
    have_usual_audiences constant boolean := EXISTS (SELECT FROM directory_organisationaudience);
BEGIN
    DELETE FROM gathered_person;
    DELETE FROM gathered_post;
    DELETE FROM gathered_word;

    -- Once as all of government may find them, and once more as their own organisation may, where it
    -- may find them by more, or alone. What fewer may see nobody finds them by, and nobody finds a canary.
    -- `leads`: the first row.
    INSERT INTO gathered_person
    SELECT person.id, person.given_name, person.family_name, person.preferred_name,
           CASE WHEN person.given_name || person.family_name = '' THEN person.display_name ELSE '' END,
           fold_text(person.family_name || ' ' || person.given_name),
           CASE WHEN 'email' = ANY(hidden.fields) THEN '' ELSE left(lower(person.email), 254) END,
           concat_ws(' ',
               CASE WHEN 'phone' = ANY(hidden.fields) THEN NULL
                    ELSE nullif(regexp_replace(person.phone, '\(0\)|[^0-9]', '', 'g'), '') END,
               CASE WHEN 'mobile' = ANY(hidden.fields) THEN NULL
                    ELSE nullif(regexp_replace(person.mobile, '\(0\)|[^0-9]', '', 'g'), '') END),
           CASE WHEN 'working_days' = ANY(hidden.fields) THEN '' ELSE person.working_days END,
           reach.audience, person.listing = reach.audience,
           reach.audience = 'government' AND kept.in_organisation,
           NOT coalesce('expertise' = ANY(hidden.fields), false)
      FROM (SELECT * FROM directory_person WHERE id = ANY(ids)) person
      CROSS JOIN LATERAL (
          SELECT array_agg(audience.field) FILTER (WHERE audience.audience <> 'government')
                     AS from_government,
                 array_agg(audience.field)
                     FILTER (WHERE audience.audience NOT IN ('government', 'organisation'))
                     AS from_organisation,
                 coalesce(bool_or(audience.audience = 'organisation'), false) AS in_organisation
            FROM (SELECT field, audience FROM directory_fieldaudience
                   WHERE person_id = person.id
                  UNION ALL
                  SELECT field, audience FROM directory_shownfield
                   WHERE have_usual_audiences AND NOT own AND person_id = person.id) audience
           WHERE audience.field IN ('email', 'phone', 'mobile', 'working_days', 'expertise')
      ) kept
      CROSS JOIN (VALUES ('government'), ('organisation')) AS reach (audience)
      CROSS JOIN LATERAL (
          SELECT CASE reach.audience WHEN 'government' THEN kept.from_government
                                     ELSE kept.from_organisation END AS fields
      ) hidden
     WHERE person.status = 'active' AND person.merged_into_id IS NULL
       AND NOT EXISTS (SELECT FROM directory_canary canary WHERE canary.person_id = person.id)
       AND (person.listing = reach.audience
            OR person.listing = 'government' AND kept.in_organisation);
    -- Of every table the columns it is joined by: lists and long texts take longest.
    ANALYZE gathered_person (id);

    IF cardinality(ids) <= few THEN
        INSERT INTO gathered_post
        SELECT target.id, post.title, post.team_id, post.grade_id, post.profession_id,
               post.location_id, appointment.kind
          FROM gathered_person target
          CROSS JOIN LATERAL (
              SELECT post_id, kind, ends_on FROM directory_appointment
               WHERE person_id = target.id OFFSET 0) appointment
          CROSS JOIN LATERAL (
              SELECT * FROM directory_post WHERE id = appointment.post_id OFFSET 0) post
         WHERE target.leads AND appointment.ends_on IS NULL;
    ELSE
        INSERT INTO gathered_post
        SELECT appointment.person_id, post.title, post.team_id, post.grade_id, post.profession_id,
               post.location_id, appointment.kind
          FROM gathered_person target
          JOIN directory_appointment appointment
            ON appointment.person_id = target.id AND appointment.ends_on IS NULL
          JOIN directory_post post ON post.id = appointment.post_id
         WHERE target.leads;
    END IF;
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
    SELECT said.space, said.word
      FROM (SELECT DISTINCT space, word FROM gathered_word) said
     WHERE NOT EXISTS (SELECT FROM directory_searchterm known
                        WHERE known.space = said.space AND known.term = said.word OFFSET 0);
END
$function$;
