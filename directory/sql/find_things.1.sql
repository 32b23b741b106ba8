-- Teams, organisations and tags by what they are called: everything that fits the words of a question,
-- with its rank, the better the smaller. `typed` is all that was typed, folded; `words` are those of its
-- words that have to be found. A reading is 0: every word begins one of the thing's own or of its
-- organisation's; 1: or of a team's above it; 2: or is one or two edits away from one.

-- The words of labels of a kind of which those asked for are misspellings, and by how many edits.
CREATE FUNCTION near_label_words(of_kind text, words text[])
RETURNS TABLE (place integer, near text, edits integer)
LANGUAGE sql STABLE AS $function$
    SELECT asked.place::integer, every.word, distance.edits
      FROM (SELECT DISTINCT word FROM directory_searchlabel WHERE kind = of_kind) every
      JOIN unnest(words) WITH ORDINALITY AS asked (word, place)
        ON abs(length(every.word) - length(asked.word)) <= 2 AND length(asked.word) > 2
      CROSS JOIN LATERAL (
          SELECT levenshtein_less_equal(every.word, asked.word, 2) AS edits OFFSET 0) distance
     WHERE distance.edits BETWEEN 1 AND CASE WHEN length(asked.word) < 6 THEN 1 ELSE 2 END
$function$;

-- Things with any of the words among those of their labels: which words, a bit each, and how many
-- edits away they are.
CREATE FUNCTION labelled_things(of_kind text, words text[], misspelt boolean)
RETURNS TABLE (thing uuid, fitted integer, edits integer)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
DECLARE
    topmost constant text := chr(1114111);
BEGIN
    IF NOT misspelt THEN
        RETURN QUERY
        SELECT term.term::uuid, found.fitted, 0
          FROM (SELECT label.token, bit_or(1 << (asked.place - 1)::integer) AS fitted
                  FROM unnest(words) WITH ORDINALITY AS asked (word, place)
                  JOIN directory_searchlabel label
                    ON label.kind = of_kind AND label.word >= asked.word COLLATE "C"
                   AND label.word < (asked.word || topmost) COLLATE "C"
                 GROUP BY label.token) found
          JOIN directory_searchterm term ON term.id = found.token;
        RETURN;
    END IF;
    RETURN QUERY
    WITH meant AS MATERIALIZED (
        SELECT near.place, near.near COLLATE "C" AS word, near.edits
          FROM near_label_words(of_kind, words) near
    ), said AS (
        SELECT label.token, asked.place, 0 AS edits
          FROM unnest(words) WITH ORDINALITY AS asked (word, place)
          JOIN directory_searchlabel label
            ON label.kind = of_kind AND label.word >= asked.word COLLATE "C"
           AND label.word < (asked.word || topmost) COLLATE "C"
        UNION ALL
        SELECT label.token, meant.place, meant.edits
          FROM meant
          JOIN directory_searchlabel label ON label.kind = of_kind AND label.word = meant.word
    ), nearest AS (
        SELECT said.token, said.place, min(said.edits) AS edits FROM said GROUP BY 1, 2
    )
    SELECT term.term::uuid, bit_or(1 << (nearest.place - 1)::integer), sum(nearest.edits)::integer
      FROM nearest JOIN directory_searchterm term ON term.id = nearest.token
     GROUP BY term.id;
END
$function$;

-- Called so by nearly as many letters, then just so, beginning so, by their own words, by others too.
CREATE FUNCTION called_rank(is_closed boolean, edits integer, tier integer, depth integer)
RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT is_closed::integer * 1000000 + least(edits, 24) * 10000 + tier * 100 + least(depth, 99)
$function$;

-- Live teams. `within`: slugs, in lower case, of the organisations whose teams are meant; none for all.
CREATE FUNCTION called_teams(typed text, words text[], reading integer, within text[])
RETURNS TABLE (id uuid, rank integer, sort_name text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
DECLARE
    every_word constant integer := (1 << cardinality(words)) - 1;
BEGIN
    RETURN QUERY
    WITH own AS MATERIALIZED (
        SELECT * FROM labelled_things('team', words, reading > 1)
    ), held AS MATERIALIZED (
        SELECT * FROM labelled_things('organisation', words, reading > 1)
    ), meant AS MATERIALIZED (
        SELECT team.id, team.name, team.path, team.organisation_id, own.fitted, own.edits
          FROM own JOIN directory_team team ON team.id = own.thing
         WHERE team.status = 'live'
        UNION ALL -- of an organisation that is called so itself
        SELECT team.id, team.name, team.path, team.organisation_id, 0, 0
          FROM held JOIN directory_team team ON team.organisation_id = held.thing
         WHERE held.fitted = every_word AND team.status = 'live'
           AND NOT EXISTS (SELECT FROM own WHERE own.thing = team.id)
    ), above AS ( -- what the teams above one add; itself among them
        SELECT meant.id, bit_or(higher.fitted) AS fitted
          FROM meant
          CROSS JOIN unnest(string_to_array(meant.path::text, '.')::uuid[]) AS on_the_way (id)
          JOIN own higher ON higher.thing = on_the_way.id
         WHERE reading > 0 AND meant.fitted NOT IN (0, every_word)
         GROUP BY meant.id
    ), fitting AS (
        SELECT meant.*, coalesce(held.edits, 0) AS edits_held
          FROM meant
          LEFT JOIN held ON held.thing = meant.organisation_id
          LEFT JOIN above ON above.id = meant.id
         WHERE meant.fitted | coalesce(held.fitted, 0) | coalesce(above.fitted, 0) = every_word
    )
    SELECT fitting.id,
           called_rank(
               false,
               fitting.edits + CASE WHEN fitting.fitted = every_word THEN 0 ELSE fitting.edits_held END,
               CASE WHEN named.folded = typed THEN 0 WHEN named.folded ^@ typed THEN 1
                    WHEN fitting.fitted = every_word THEN 2 ELSE 3 END,
               nlevel(fitting.path)),
           named.folded
      FROM fitting
      CROSS JOIN LATERAL (SELECT fold_text(fitting.name) AS folded OFFSET 0) named
     WHERE cardinality(within) = 0
        OR fitting.organisation_id IN (SELECT body.id FROM directory_organisation body
                                        WHERE lower(body.slug) = ANY(within));
END
$function$;

-- Organisations by any of their names or their acronym, closed ones last.
CREATE FUNCTION called_organisations(typed text, words text[], reading integer)
RETURNS TABLE (id uuid, rank integer, sort_name text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
BEGIN
    RETURN QUERY
    SELECT body.id,
           called_rank(
               body.status = 'closed', found.edits,
               CASE WHEN named.folded = typed OR fold_text(body.acronym) = typed
                         OR EXISTS (SELECT FROM directory_organisationname other
                                     WHERE other.organisation_id = body.id
                                       AND fold_text(other.name) = typed) THEN 0
                    WHEN named.folded ^@ typed THEN 1 ELSE 2 END,
               0),
           named.folded
      FROM labelled_things('organisation', words, reading > 1) found
      JOIN directory_organisation body ON body.id = found.thing
      CROSS JOIN LATERAL (SELECT fold_text(body.name) AS folded OFFSET 0) named
     WHERE found.fitted = (1 << cardinality(words)) - 1;
END
$function$;

-- Tags that are in use: whatever is approved, and proposed ones that somebody shows. Others may be
-- the words of somebody hidden. A merged tag stands for the one it became.
CREATE VIEW tag_in_use AS
    SELECT tag.* FROM directory_expertisetag tag
     WHERE tag.status = 'approved' OR tag.status = 'proposed' AND tag_people(tag.id) > 0;

CREATE FUNCTION called_tags(typed text, words text[], reading integer)
RETURNS TABLE (id uuid, rank integer, sort_name text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $function$
BEGIN
    RETURN QUERY
    SELECT tag.id, min(called_rank(false, best.edits, best.tier, 0)),
           min(fold_text(tag.preferred_label))
      FROM (SELECT coalesce(surviving_tag(own.id), own.id) AS id, found.edits,
                   CASE WHEN named.folded = typed
                             OR EXISTS (SELECT FROM directory_alternativelabel other
                                         WHERE other.tag_id = own.id
                                           AND fold_text(other.label) = typed) THEN 0
                        WHEN named.folded ^@ typed THEN 1 ELSE 2 END AS tier
              FROM labelled_things('tag', words, reading > 1) found
              JOIN directory_expertisetag own ON own.id = found.thing
              CROSS JOIN LATERAL (SELECT fold_text(own.preferred_label) AS folded OFFSET 0) named
             WHERE found.fitted = (1 << cardinality(words)) - 1) best
      JOIN tag_in_use tag ON tag.id = best.id
     GROUP BY tag.id;
END
$function$;
