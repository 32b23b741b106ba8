-- What is suggested while somebody types, each in one look at small indexes: what the words may mean
-- as names of people, and the organisations, teams and tags that are called so.

-- Names as they are begun. Whoever replaces fold_text has to build these indexes again.
CREATE INDEX organisation_begins ON directory_organisation ((fold_text(name) COLLATE "C"));
CREATE INDEX acronym_begins ON directory_organisation ((fold_text(acronym) COLLATE "C"));
CREATE INDEX other_name_begins ON directory_organisationname ((fold_text(name) COLLATE "C"));
CREATE INDEX team_begins ON directory_team ((fold_text(name) COLLATE "C")) WHERE status = 'live';
CREATE INDEX tag_begins ON directory_expertisetag ((fold_text(preferred_label) COLLATE "C"));
CREATE INDEX alternative_begins ON directory_alternativelabel ((fold_text(label) COLLATE "C"));

CREATE VIEW suggested_name AS
    SELECT 'organisation' AS kind, id, fold_text(name) COLLATE "C" AS folded FROM directory_organisation
    UNION ALL SELECT 'organisation', id, fold_text(acronym) COLLATE "C" FROM directory_organisation
    UNION ALL SELECT 'organisation', organisation_id, fold_text(name) COLLATE "C"
                FROM directory_organisationname
    UNION ALL SELECT 'team', id, fold_text(name) COLLATE "C" FROM directory_team WHERE status = 'live'
    UNION ALL SELECT 'tag', id, fold_text(preferred_label) COLLATE "C" FROM directory_expertisetag
    UNION ALL SELECT 'tag', tag_id, fold_text(label) COLLATE "C" FROM directory_alternativelabel;

-- What each word may mean as a name, as expand_words has it: a word that is neither a name nor begins
-- one, nor means anything else here, is taken for a misspelt one, and every word is when `widely`.
CREATE FUNCTION suggest_names(
    words text[], named_by integer[], other_names text[], widely boolean
) RETURNS TABLE (place integer, fit text, token integer, people integer)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_indexscan = on AS $function$
#variable_conflict use_column
DECLARE
    topmost constant text := chr(1114111);
    unknown text[];
    places integer[];
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED (
        SELECT place::integer, word COLLATE "C" AS word, length(word) AS letters
          FROM unnest(words) WITH ORDINALITY AS every (word, place)
    )
    SELECT asked.place, 'name', term.id, term.people
      FROM asked JOIN directory_searchterm term ON term.space = 'name' AND term.term = asked.word
    UNION ALL
    SELECT named.place, 'nickname', term.id, term.people
      FROM unnest(named_by, other_names) AS named (place, word)
      JOIN directory_searchterm term ON term.space = 'name' AND term.term = named.word COLLATE "C"
    UNION ALL
    SELECT asked.place, 'name begun', term.id, term.people
      FROM asked JOIN directory_searchterm term ON term.space = 'prefix' AND term.term = asked.word
     WHERE asked.letters <= 3
    UNION ALL
    SELECT asked.place, 'name begun', term.id, term.people
      FROM asked
      CROSS JOIN LATERAL (
          SELECT id, people FROM directory_searchterm
           WHERE space = 'name' AND term > asked.word AND term < asked.word || topmost
           ORDER BY people DESC, term LIMIT 60) term
     WHERE asked.letters > 3;

    SELECT array_agg(asked.word), array_agg(asked.place) INTO unknown, places
      FROM unnest(words) WITH ORDINALITY AS asked (word, place)
     WHERE length(asked.word) BETWEEN 3 AND 40
       AND (widely OR NOT EXISTS (
               SELECT FROM directory_searchterm known
                WHERE known.space IN ('name', 'title', 'team word', 'tag word')
                  AND known.term >= asked.word COLLATE "C"
                  AND known.term < (asked.word || topmost) COLLATE "C"
                  AND known.people > 0)
              AND NOT EXISTS (
               SELECT FROM directory_searchlabel known
                 JOIN directory_searchterm thing ON thing.id = known.token AND thing.people > 0
                WHERE known.kind IN ('organisation', 'team', 'tag', 'location', 'grade', 'profession')
                  AND known.word >= asked.word COLLATE "C"
                  AND known.word < (asked.word || topmost) COLLATE "C"));
    IF unknown IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT asked.place, 'name misspelt ' || edits.count, term.id, term.people
      FROM unnest(unknown, places) AS asked (word, place)
      JOIN directory_searchterm term
        ON spellings(term.term) && spellings(asked.word)
       AND term.space IN ('name', 'title', 'team word', 'tag word')
      CROSS JOIN LATERAL (
          SELECT levenshtein_less_equal(term.term, asked.word, 2) AS count OFFSET 0) edits
     WHERE term.space = 'name' AND edits.count BETWEEN 1 AND 2;
END
$function$;

-- The tokens of things of a kind with every word at the beginning of one of theirs. The rarest word
-- leads. One or two letters begin thousands: they lead where there is nothing longer, as a whole word.
CREATE FUNCTION fitting_tokens(of_kind text, words text[], most integer) RETURNS SETOF integer
LANGUAGE plpgsql STABLE ROWS 20
SET plan_cache_mode = force_generic_plan AS $function$
DECLARE
    topmost constant text := chr(1114111);
    looked_at constant integer := 2000;
    rarest text COLLATE "C";
    beyond text COLLATE "C";
BEGIN
    SELECT asked.word, asked.word || bound.letter INTO rarest, beyond
      FROM unnest(words) AS asked (word)
      CROSS JOIN LATERAL (
          SELECT CASE WHEN length(asked.word) > 2 THEN topmost ELSE chr(1) END AS letter) bound
      CROSS JOIN LATERAL (
          SELECT count(*) AS labels
            FROM (SELECT FROM directory_searchlabel label
                   WHERE label.kind = of_kind AND label.word >= asked.word COLLATE "C"
                     AND label.word < (asked.word || bound.letter) COLLATE "C"
                   LIMIT CASE WHEN cardinality(words) > 1 THEN looked_at ELSE 1 END) label) found
     ORDER BY length(asked.word) > 2 DESC, found.labels LIMIT 1;
    RETURN QUERY
    SELECT DISTINCT near.token
      FROM (SELECT label.token FROM directory_searchlabel label
             WHERE label.kind = of_kind AND label.word >= rarest AND label.word < beyond
             ORDER BY label.word
             LIMIT CASE WHEN cardinality(words) > 1 THEN looked_at ELSE most END) near
     WHERE cardinality(words) = 1
        OR NOT EXISTS (
           SELECT FROM unnest(words) AS other (word)
            WHERE NOT EXISTS (
                  SELECT FROM directory_searchlabel said
                   WHERE said.token = near.token AND said.word >= other.word COLLATE "C"
                     AND said.word < (other.word || topmost) COLLATE "C"))
     LIMIT most;
END
$function$;

-- The tag that a merged one became; itself for any other.
CREATE FUNCTION surviving_tag(of_tag uuid) RETURNS uuid LANGUAGE sql STABLE AS $function$
    WITH RECURSIVE onward (id, next) AS (
        SELECT id, merged_into_id FROM directory_expertisetag WHERE id = of_tag
        UNION
        SELECT tag.id, tag.merged_into_id
          FROM onward JOIN directory_expertisetag tag ON tag.id = onward.next
    )
    SELECT id FROM onward WHERE next IS NULL
$function$;

-- About how many people claim a tag, or one that was merged into it.
CREATE FUNCTION tag_people(of_tag uuid) RETURNS integer LANGUAGE sql STABLE AS $function$
    WITH RECURSIVE family (id) AS (
        SELECT of_tag
        UNION
        SELECT tag.id FROM family JOIN directory_expertisetag tag ON tag.merged_into_id = family.id
    )
    SELECT coalesce(sum(term.people), 0)::integer
      FROM family JOIN directory_searchterm term ON term.space = 'tag' AND term.term = family.id::text
$function$;

-- At most so many organisations, teams and tags: those called just so, those whose name begins so,
-- those with all of the words; of each the largest first, and teams first that stand higher. Closed
-- organisations come last. A proposed tag that nobody shows is not there: it may be the word of
-- somebody hidden.
-- typed: all that was typed, folded. words: those of its words that have to be found.
CREATE FUNCTION suggest_places(typed text, words text[], most integer) RETURNS TABLE (
    kind text, id uuid, label text, acronym text, address text, organisation text,
    is_closed boolean, people integer
)
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_indexscan = on AS $function$
#variable_conflict use_column
DECLARE
    called text COLLATE "C" := typed;
    beyond text COLLATE "C" := typed || chr(1114111);
    looked_at constant integer := 100;
BEGIN
    RETURN QUERY
    WITH named AS (
        (SELECT id, 0 AS tier FROM suggested_name
          WHERE kind = 'organisation' AND folded = called LIMIT looked_at)
        UNION ALL
        (SELECT id, 1 FROM suggested_name
          WHERE kind = 'organisation' AND folded > called AND folded < beyond LIMIT looked_at)
        UNION ALL
        SELECT term.term::uuid, 2
          FROM fitting_tokens('organisation', words, looked_at) token
          JOIN directory_searchterm term ON term.id = token
    ), best AS (
        SELECT id, min(tier) AS tier FROM named GROUP BY id
    )
    SELECT 'organisation', body.id, body.name::text, body.acronym::text, body.slug::text, '',
           body.status = 'closed', NULL::integer
      FROM best
      JOIN directory_organisation body USING (id)
      LEFT JOIN directory_searchterm term
        ON term.space = 'organisation' AND term.term = body.id::text
     ORDER BY body.status = 'closed', best.tier, coalesce(term.people, 0) DESC, body.name, body.id
     LIMIT most;

    RETURN QUERY
    WITH named AS (
        (SELECT id, 0 AS tier FROM suggested_name
          WHERE kind = 'team' AND folded = called LIMIT looked_at)
        UNION ALL
        -- Not by the view: through it, every name that begins so would be folded and sorted.
        (SELECT id, 1 FROM directory_team
          WHERE status = 'live'
            AND fold_text(name) COLLATE "C" > called AND fold_text(name) COLLATE "C" < beyond
          ORDER BY fold_text(name) COLLATE "C" LIMIT looked_at)
        UNION ALL
        SELECT term.term::uuid, 2
          FROM fitting_tokens('team', words, looked_at) token
          JOIN directory_searchterm term ON term.id = token
    ), best AS (
        SELECT id, min(tier) AS tier FROM named GROUP BY id
    ), chosen AS (
        SELECT team.*, best.tier, coalesce(term.people, 0) AS people
          FROM best
          JOIN directory_team team USING (id)
          LEFT JOIN directory_searchterm term ON term.space = 'team' AND term.term = team.id::text
         WHERE team.status = 'live'
         ORDER BY best.tier, nlevel(team.path), coalesce(term.people, 0) DESC, team.name, team.id
         LIMIT most
    )
    SELECT 'team', chosen.id, chosen.name::text, '',
           body.slug || '/' || (
               SELECT string_agg(holder.slug, '/' ORDER BY nlevel(holder.path))
                 FROM directory_team holder WHERE holder.path @> chosen.path),
           body.name::text, false, NULL::integer
      FROM chosen
      JOIN directory_organisation body ON body.id = chosen.organisation_id
     ORDER BY chosen.tier, nlevel(chosen.path), chosen.people DESC, chosen.name, chosen.id;

    RETURN QUERY
    WITH named AS (
        (SELECT id, 0 AS tier FROM suggested_name
          WHERE kind = 'tag' AND folded = called LIMIT looked_at)
        UNION ALL
        (SELECT id, 1 FROM suggested_name
          WHERE kind = 'tag' AND folded > called AND folded < beyond LIMIT looked_at)
        UNION ALL
        SELECT term.term::uuid, 2
          FROM fitting_tokens('tag', words, looked_at) token
          JOIN directory_searchterm term ON term.id = token
    ), best AS (
        SELECT surviving.id, min(named.tier) AS tier
          FROM named
          JOIN directory_expertisetag tag ON tag.id = named.id
          CROSS JOIN LATERAL (
              SELECT CASE WHEN tag.merged_into_id IS NULL THEN tag.id
                          ELSE surviving_tag(tag.id) END AS id) surviving
         GROUP BY surviving.id
    ), chosen AS (
        SELECT tag.id, tag.preferred_label, tag.slug, best.tier, coalesce(term.people, 0) AS people
          FROM best
          JOIN directory_expertisetag tag USING (id)
          LEFT JOIN directory_searchterm term ON term.space = 'tag' AND term.term = tag.id::text
         WHERE tag.status <> 'proposed' OR tag_people(tag.id) > 0
         ORDER BY best.tier, coalesce(term.people, 0) DESC, tag.preferred_label, tag.id
         LIMIT most
    )
    SELECT 'tag', chosen.id, chosen.preferred_label::text, '', chosen.slug::text, '', false,
           tag_people(chosen.id)
      FROM chosen
     ORDER BY chosen.tier, chosen.people DESC, chosen.preferred_label, chosen.id;
END
$function$;
