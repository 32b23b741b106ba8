-- The values of filters by name: what people read of the tokens that were counted. A function of its own,
-- because its plan is kept for the session: made anew for each search it took longer than the counting.

-- How many of those who match have a token, by what it stands for: 'organisation', 'grade', 'profession',
-- 'location', 'tag', or 'further' for what is beside these in an entry's `more`. Of organisations counted
-- once for each `more` that goes with them, so that nobody in two bodies counts twice for one above both.
CREATE TYPE counted_token AS (kind text, token integer, more integer[], people integer);

-- A token of these, and what it stands for.
CREATE TYPE further_term AS (space text, term text, token integer, people integer);

-- Each value of the filters named: filter, value, label, whether it was chosen, its place in the order of
-- its filter (the highest first, then the most people), people, and of tags how many hold them everywhere.
-- Chosen are organisations and tags by their slugs, days and kinds of employment as they are, others by
-- their tokens; what is chosen is given with nobody, too. `most`: so many values of a filter at most.
CREATE FUNCTION named_values(
    counted counted_token[], names text[], most integer,
    organisations text[], grades integer[], professions integer[], locations integer[],
    tags text[], employments text[], days text[])
RETURNS TABLE (filter text, value text, label text, is_chosen boolean, seniority integer,
               people integer, everywhere integer)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
#variable_conflict use_column
DECLARE
    -- Nearly everybody holds one post; what further posts add stands here, for nobody twice.
    further further_term[];
BEGIN
    further := (SELECT array_agg((term.space, term.term, at.token, at.people)::further_term)
                  FROM unnest(counted) at JOIN directory_searchterm term ON term.id = at.token
                 WHERE at.kind = 'further');
    IF 'organisation' = ANY(names) THEN
        RETURN QUERY
        WITH RECURSIVE within_organisation(id, above_id) AS (
            SELECT id, id FROM directory_organisation
            UNION
            SELECT within_organisation.id, link.parent_id
              FROM within_organisation
              JOIN directory_organisationparent link
                ON link.child_id = within_organisation.above_id
        )
        SELECT 'organisation', body.slug::text, body.name::text,
               lower(body.slug) = ANY(organisations) AS is_chosen, 0,
               coalesce(held.people, 0) AS people, 0
          FROM directory_organisation body
          LEFT JOIN (
              -- Somebody in two bodies below one counts once for it.
              SELECT above_id, sum(people)::integer AS people
                FROM (SELECT DISTINCT at.token, at.more, upward.above_id, at.people
                        FROM unnest(counted) at
                        JOIN directory_searchterm term
                          ON term.id = ANY(at.token || coalesce(at.more, '{}'))
                         AND term.space = 'organisation'
                        JOIN within_organisation upward ON upward.id = term.term::uuid
                       WHERE at.kind = 'organisation') once
               GROUP BY above_id
          ) held ON held.above_id = body.id
         WHERE held.people > 0 OR lower(body.slug) = ANY(organisations)
         ORDER BY is_chosen DESC, people DESC, body.name LIMIT most;
    END IF;
    IF 'grade' = ANY(names) THEN
        RETURN QUERY
        SELECT 'grade', thing.code::text, thing.name::text, held.is_chosen, thing.rank::integer, held.people, 0
          FROM (SELECT token, sum(people)::integer AS people, token = ANY(grades) AS is_chosen
                  FROM (SELECT token, people FROM unnest(counted)
                         WHERE kind = 'grade' AND token IS NOT NULL
                        UNION ALL
                        SELECT token, people FROM unnest(further) WHERE space = 'grade'
                        UNION ALL
                        SELECT token, 0 FROM unnest(grades) AS token) each_post
                 GROUP BY token ORDER BY is_chosen DESC, people DESC, token LIMIT most) held
          JOIN directory_searchterm term ON term.id = held.token
          JOIN directory_grade thing ON thing.id = term.term::bigint;
    END IF;
    IF 'profession' = ANY(names) THEN
        RETURN QUERY
        SELECT 'profession', thing.slug::text, thing.name::text, held.is_chosen, 0, held.people, 0
          FROM (SELECT token, sum(people)::integer AS people, token = ANY(professions) AS is_chosen
                  FROM (SELECT token, people FROM unnest(counted)
                         WHERE kind = 'profession' AND token IS NOT NULL
                        UNION ALL
                        SELECT token, people FROM unnest(further) WHERE space = 'profession'
                        UNION ALL
                        SELECT token, 0 FROM unnest(professions) AS token) each_post
                 GROUP BY token ORDER BY is_chosen DESC, people DESC, token LIMIT most) held
          JOIN directory_searchterm term ON term.id = held.token
          JOIN directory_profession thing ON thing.id = term.term::bigint;
    END IF;
    IF 'location' = ANY(names) THEN
        RETURN QUERY
        SELECT 'location', thing.id::text, thing.name::text, held.is_chosen, 0, held.people, 0
          FROM (SELECT token, sum(people)::integer AS people, token = ANY(locations) AS is_chosen
                  FROM (SELECT token, people FROM unnest(counted)
                         WHERE kind = 'location' AND token IS NOT NULL
                        UNION ALL
                        SELECT token, people FROM unnest(further) WHERE space = 'location'
                        UNION ALL
                        SELECT token, 0 FROM unnest(locations) AS token) each_post
                 GROUP BY token ORDER BY is_chosen DESC, people DESC, token LIMIT most) held
          JOIN directory_searchterm term ON term.id = held.token
          JOIN directory_location thing ON thing.id = term.term::bigint;
    END IF;
    IF 'expertise' = ANY(names) THEN
        -- Of a merged tag those who have it count for the tag that it became.
        RETURN QUERY
        SELECT 'expertise', tag.slug::text, tag.preferred_label::text,
               lower(tag.slug) = ANY(tags) AS is_chosen, 0,
               sum(held.people)::integer AS people,
               coalesce(sum(term.people) FILTER (WHERE held.people > 0), 0)::integer
          FROM (SELECT token, people FROM unnest(counted) WHERE kind = 'tag'
                UNION ALL
                SELECT term.id, 0 FROM directory_expertisetag chosen
                  JOIN directory_searchterm term
                    ON term.space = 'tag' AND term.term = chosen.id::text
                 WHERE lower(chosen.slug) = ANY(tags)) held
          JOIN directory_searchterm term ON term.id = held.token
          JOIN directory_expertisetag own ON own.id = term.term::uuid
          JOIN directory_expertisetag tag ON tag.id = coalesce(own.merged_into_id, own.id)
         GROUP BY tag.id
         ORDER BY is_chosen DESC, people DESC, tag.preferred_label LIMIT most;
    END IF;
    IF 'employment' = ANY(names) THEN
        RETURN QUERY
        SELECT 'employment', trait.value, initcap(trait.value), trait.value = ANY(employments),
               0, max(trait.people), 0
          FROM (SELECT substr(term, 7) AS value, people FROM unnest(further)
                 WHERE space = 'trait' AND starts_with(term, 'holds ')
                UNION ALL SELECT value, 0 FROM unnest(employments) AS value) trait
         GROUP BY trait.value;
    END IF;
    IF 'working_day' = ANY(names) THEN
        RETURN QUERY
        SELECT 'working_day', trait.value, initcap(trait.value), trait.value = ANY(days),
               strpos('sunday saturday friday thursday wednesday tuesday monday', trait.value),
               max(trait.people), 0
          FROM (SELECT substr(term, 7) AS value, people FROM unnest(further)
                 WHERE space = 'trait' AND starts_with(term, 'works ')
                UNION ALL SELECT value, 0 FROM unnest(days) AS value) trait
         GROUP BY trait.value;
    END IF;
END
$function$;
