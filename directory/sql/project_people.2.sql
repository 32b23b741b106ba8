-- Folded text as a tsvector is written: each word with its weight, at one position for each
-- weight, since no order of words is searched. Folding left nothing in a word that would have to
-- be quoted; a "word" longer than a lexeme may be is none, and goes.
CREATE FUNCTION weighted_words(folded text, weight text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN folded IS NULL OR folded = '' THEN ''
        WHEN octet_length(folded) > 2000
        THEN regexp_replace(regexp_replace(folded, '[^ ]{500,}', '', 'g'), '([^ ]+)', '\1:' || weight, 'g')
        ELSE replace(folded, ' ', ':' || weight || ' ') || ':' || weight
    END
$function$;

-- Writes the search entries of the given people afresh: what all of government may find them by.
-- Somebody who left, is merged into another record or is not listed for government has none; what
-- somebody shows to fewer than all of government is not in it. An e-mail address is one lexeme,
-- whole, beside the words, so that it is found by its beginning and by nothing in its middle.
CREATE FUNCTION project_people(ids uuid[]) RETURNS void LANGUAGE sql AS $function$
    DELETE FROM directory_searchentry entry
     USING unnest(ids) AS target(id), directory_person person
     WHERE entry.person_id = target.id AND person.id = target.id
       AND NOT (person.status = 'active' AND person.listing = 'government'
                AND person.merged_into_id IS NULL);

    INSERT INTO directory_searchentry AS entry (
        person_id, audience, sort_name, names, document,
        organisation_ids, team_ids, grade_ids, profession_ids, location_ids
    )
    -- Titles and teams recur, so the words of each are made once.
    WITH posted AS MATERIALIZED (
        SELECT appointment.person_id, post.title, post.team_id, post.grade_id,
               post.profession_id, post.location_id
          FROM unnest(ids) AS target(id)
          JOIN directory_appointment appointment
            ON appointment.person_id = target.id AND appointment.ends_on IS NULL
          JOIN directory_post post ON post.id = appointment.post_id
    ), title_said AS MATERIALIZED (
        SELECT title, weighted_words(fold_text(title), '2B') AS words
          FROM (SELECT DISTINCT title FROM posted) titles
    ), place AS MATERIALIZED (
        SELECT team.id AS team_id, team.organisation_id,
               weighted_words(
                   fold_text(concat_ws(' ', team.name, organisation.name, organisation.acronym)),
                   '3C') AS words
          FROM (SELECT DISTINCT team_id AS id FROM posted) used
          JOIN directory_team team USING (id)
          JOIN directory_organisation organisation ON organisation.id = team.organisation_id
    ), held AS MATERIALIZED (
        SELECT posted.person_id,
               string_agg(title_said.words || ' ' || place.words, ' ') AS words,
               array_agg(DISTINCT place.organisation_id) AS organisation_ids,
               array_agg(DISTINCT posted.team_id) AS team_ids,
               array_agg(DISTINCT posted.grade_id)
                   FILTER (WHERE posted.grade_id IS NOT NULL) AS grade_ids,
               array_agg(DISTINCT posted.profession_id)
                   FILTER (WHERE posted.profession_id IS NOT NULL) AS profession_ids,
               array_agg(DISTINCT posted.location_id)
                   FILTER (WHERE posted.location_id IS NOT NULL) AS location_ids
          FROM posted JOIN title_said USING (title) JOIN place USING (team_id)
         GROUP BY posted.person_id
    )
    SELECT person.id, 'government',
           fold_text(person.family_name || ' ' || person.given_name),
           named.names,
           (weighted_words(named.names, '1A') || ' ' || coalesce(held.words, '') || ' '
               || weighted_words(fold_text(known.labels), '4D'))::tsvector
               || array_to_tsvector(array_remove(ARRAY[shown.email], '')),
           coalesce(held.organisation_ids, '{}'), coalesce(held.team_ids, '{}'),
           coalesce(held.grade_ids, '{}'), coalesce(held.profession_ids, '{}'),
           coalesce(held.location_ids, '{}')
      FROM directory_person person
      LEFT JOIN (
          SELECT audience.person_id, array_agg(audience.field) AS fields
            FROM unnest(ids) AS target(id)
            JOIN directory_fieldaudience audience ON audience.person_id = target.id
           WHERE audience.audience <> 'government'
           GROUP BY audience.person_id
      ) narrowed ON narrowed.person_id = person.id
      CROSS JOIN LATERAL (
          SELECT CASE WHEN 'email' = ANY(narrowed.fields) THEN '' ELSE lower(person.email) END
                 AS email
          OFFSET 0
      ) shown
      CROSS JOIN LATERAL (
          SELECT fold_text(concat_ws(
              ' ', person.preferred_name, person.given_name, person.family_name,
              CASE WHEN person.given_name || person.family_name = '' THEN person.display_name END,
              split_part(shown.email, '@', 1)
          )) AS names
          OFFSET 0 -- computed once, though it is used more than once
      ) named
      LEFT JOIN held ON held.person_id = person.id
      LEFT JOIN (
          SELECT expertise.person_id, string_agg(tag.preferred_label, ' ' ORDER BY tag.preferred_label) AS labels
            FROM unnest(ids) AS target(id)
            JOIN directory_expertise expertise ON expertise.person_id = target.id
            JOIN directory_expertisetag tag ON tag.id = expertise.tag_id
           GROUP BY expertise.person_id
      ) known ON known.person_id = person.id
             AND NOT coalesce('expertise' = ANY(narrowed.fields), false)
     WHERE person.id IN (SELECT unnest(ids))
       AND person.status = 'active' AND person.listing = 'government'
       AND person.merged_into_id IS NULL
    ON CONFLICT (person_id, audience) DO UPDATE
       SET sort_name = excluded.sort_name, names = excluded.names, document = excluded.document,
           organisation_ids = excluded.organisation_ids, team_ids = excluded.team_ids,
           grade_ids = excluded.grade_ids, profession_ids = excluded.profession_ids,
           location_ids = excluded.location_ids
     WHERE (entry.sort_name, entry.names, entry.document, entry.organisation_ids, entry.team_ids,
            entry.grade_ids, entry.profession_ids, entry.location_ids)
           IS DISTINCT FROM
           (excluded.sort_name, excluded.names, excluded.document, excluded.organisation_ids,
            excluded.team_ids, excluded.grade_ids, excluded.profession_ids, excluded.location_ids);
$function$;
