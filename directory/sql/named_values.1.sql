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
    organisations text[], tokens integer[], tags text[], employments text[], days text[])
RETURNS TABLE (filter text, value text, label text, is_chosen boolean, seniority integer,
               people integer, everywhere integer)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
#variable_conflict use_column
DECLARE
    -- Filters whose values stand by themselves.
    plain constant text[] := ARRAY['grade', 'profession', 'location'];
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
    IF names && plain THEN
        RETURN QUERY
        SELECT held.kind, coalesce(grade.code, profession.slug, location.id::text)::text,
               coalesce(grade.name, profession.name, location.name)::text, held.is_chosen,
               coalesce(grade.rank, 0)::integer, held.people, 0
          FROM (SELECT kind, token, sum(people)::integer AS people, token = ANY(tokens) AS is_chosen,
                       row_number() OVER (PARTITION BY kind
                                          ORDER BY token = ANY(tokens) DESC, sum(people) DESC, token) AS place
                  FROM (SELECT kind, token, people FROM unnest(counted)
                         WHERE kind = ANY(plain) AND token IS NOT NULL
                        UNION ALL
                        SELECT space, token, people FROM unnest(further)
                         WHERE space = ANY(plain) AND space = ANY(names)
                        UNION ALL
                        SELECT space, id, 0 FROM directory_searchterm
                         WHERE id = ANY(tokens) AND space = ANY(names)) each_post
                 GROUP BY kind, token) held
          JOIN directory_searchterm term ON term.id = held.token
          LEFT JOIN directory_grade grade
            ON held.kind = 'grade' AND grade.id = term.term::bigint
          LEFT JOIN directory_profession profession
            ON held.kind = 'profession' AND profession.id = term.term::bigint
          LEFT JOIN directory_location location
            ON held.kind = 'location' AND location.id = term.term::bigint
         WHERE held.place <= most
           AND coalesce(grade.id, profession.id, location.id) IS NOT NULL;
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
