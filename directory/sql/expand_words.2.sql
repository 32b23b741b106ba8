-- What each word of a question may mean: tokens of the vocabulary, how the word fits them, and about
-- how many people hold each. Words that fit nothing as they stand, or all of them when `widely`, are
-- also taken for misspelt ones. `other_names` are nicknames, `named_by` the places of their words.
-- A term that nobody holds is as if it were not there: it may be a word of somebody who is hidden
-- since, and no question may be read otherwise for that. So it makes no word a known one here, and
-- equally frequent terms come in the order of the alphabet, whichever was learnt first; whoever
-- calls leaves out the tokens without people.
CREATE FUNCTION expand_words(
    words text[], named_by integer[], other_names text[], widely boolean
) RETURNS TABLE (place integer, fit text, token integer, people integer)
LANGUAGE plpgsql STABLE
-- Planning takes six times as long as looking, so the plan is kept; and searches forbid index scans.
SET plan_cache_mode = force_generic_plan SET enable_indexscan = on AS $function$
#variable_conflict use_column
DECLARE
    topmost constant text := chr(1114111);
BEGIN
    RETURN QUERY
    WITH asked AS MATERIALIZED ( -- with another typed after it, a word we know is no beginning
        SELECT place::integer, word COLLATE "C" AS word, length(word) AS letters,
               NOT widely AND place < cardinality(words) AND length(word) > 3
               AND EXISTS (SELECT FROM directory_searchterm term
                            WHERE term.space IN ('name', 'title', 'team word', 'tag word')
                              AND term.term = word COLLATE "C" AND term.people > 0) AS whole
          FROM unnest(words) WITH ORDINALITY AS every (word, place)
    ), labelled AS MATERIALIZED (
        SELECT asked.place, label.kind, label.token, label.word = asked.word AS whole
          FROM asked
          CROSS JOIN (VALUES ('organisation'), ('location'), ('grade'), ('profession'))
                     AS of_kind (kind)
          CROSS JOIN LATERAL (
              SELECT kind, token, word FROM directory_searchlabel
               WHERE kind = of_kind.kind AND word >= asked.word AND word < asked.word || topmost
                 AND (asked.letters > 2 AND NOT asked.whole OR word = asked.word)
               ORDER BY word LIMIT 100) label
    ), said AS MATERIALIZED ( -- what has few enough labels to be meant by one word, or a short one
        SELECT asked.place, kind, rare.token, rare.label_words
          FROM asked
          CROSS JOIN (VALUES ('tag'), ('team')) AS of_kind (kind)
          CROSS JOIN LATERAL (
              SELECT first.token, first.label_words, count(*) OVER () AS all_there_are
                FROM (SELECT token, 0 AS label_words FROM directory_searchlabel label
                       WHERE label.word = asked.word AND label.kind = of_kind.kind LIMIT 13) first
              ) rare
         WHERE rare.all_there_are < 13
        UNION
        SELECT asked.place, label.kind, label.token, label.label_words
          FROM asked
          JOIN directory_searchlabel label
            ON label.word = asked.word AND label.kind IN ('tag', 'team')
           AND label.label_words <= cardinality(words)
    ), named AS MATERIALIZED (
        SELECT kind, term.term::uuid AS id, places, whole.is_whole
          FROM (SELECT kind, token, array_agg(DISTINCT place) AS places,
                       count(*) FILTER (WHERE label_words > 0)
                           >= min(label_words) FILTER (WHERE label_words > 0) AS is_whole,
                       row_number() OVER (
                           PARTITION BY kind ORDER BY count(DISTINCT place) DESC, token) AS turn
                  FROM said
                 GROUP BY kind, token
                HAVING count(DISTINCT place) >= min(label_words)) whole
          JOIN directory_searchterm term ON term.id = whole.token
         WHERE turn <= CASE kind WHEN 'tag' THEN 20 ELSE 4 END
    )
    SELECT asked.place, term.space::text, term.id, term.people
      FROM asked
      JOIN directory_searchterm term
        ON term.space IN ('name', 'title', 'team word', 'tag word') AND term.term = asked.word
    UNION ALL
    SELECT other.place, 'nickname', term.id, term.people
      FROM unnest(named_by, other_names) AS other (place, word)
      JOIN directory_searchterm term ON term.space = 'name' AND term.term = other.word COLLATE "C"
    UNION ALL
    SELECT asked.place, 'name begun', term.id, term.people
      FROM asked
      JOIN directory_searchterm term ON term.space = 'prefix' AND term.term = asked.word
     WHERE asked.letters <= 3
    UNION ALL
    SELECT asked.place, 'name begun', term.id, term.people
      FROM asked
      CROSS JOIN LATERAL (
          SELECT id, people FROM directory_searchterm
           WHERE space = 'name' AND term > asked.word AND term < asked.word || topmost
           ORDER BY people DESC, term LIMIT 60) term
     WHERE asked.letters > 3 AND NOT asked.whole
    UNION ALL
    SELECT asked.place, written.space || ' begun', term.id, term.people
      FROM asked
      CROSS JOIN (VALUES ('title'), ('team word'), ('tag word')) AS written (space)
      CROSS JOIN LATERAL (
          SELECT id, people FROM directory_searchterm
           WHERE space = written.space AND term > asked.word AND term < asked.word || topmost
           ORDER BY people DESC, term LIMIT 20) term
     WHERE asked.letters > 2 AND NOT asked.whole
    UNION ALL
    SELECT labelled.place, labelled.kind || CASE WHEN labelled.whole THEN '' ELSE ' begun' END,
           labelled.token, term.people
      FROM labelled JOIN directory_searchterm term ON term.id = labelled.token
    UNION ALL -- tags that are named, and who is an expert in one
    SELECT place, CASE term.space WHEN 'tag' THEN 'tag named' ELSE 'tag expert' END,
           term.id, term.people
      FROM named
      CROSS JOIN unnest(places) AS place
      JOIN directory_searchterm term
        ON term.space IN ('tag', 'tag expert') AND term.term = named.id::text
     WHERE named.kind = 'tag' AND named.is_whole
    UNION ALL -- tags that were merged into those named, and narrower ones, two steps down
    SELECT place, 'tag narrower', closer.id, closer.people
      FROM named
      CROSS JOIN LATERAL (
          SELECT id FROM directory_expertisetag WHERE merged_into_id = named.id
          UNION SELECT from_tag_id FROM directory_broadertag WHERE to_tag_id = named.id
          UNION SELECT below.from_tag_id FROM directory_broadertag above
                  JOIN directory_broadertag below ON below.to_tag_id = above.from_tag_id
                 WHERE above.to_tag_id = named.id
          UNION SELECT merged_into_id FROM directory_expertisetag WHERE id = named.id) other
      JOIN directory_searchterm closer ON closer.space = 'tag' AND closer.term = other.id::text
      CROSS JOIN unnest(places) AS place
     WHERE named.kind = 'tag'
    UNION ALL -- teams below a team that is named
    SELECT place, 'team below', below.id, below.people
      FROM named
      JOIN directory_team top ON top.id = named.id
      CROSS JOIN LATERAL (
          SELECT id FROM directory_team
           WHERE path <@ top.path AND path <> top.path ORDER BY path LIMIT 25) team
      JOIN directory_searchterm below ON below.space = 'team' AND below.term = team.id::text
      CROSS JOIN unnest(places) AS place
     WHERE named.kind = 'team';

    RETURN QUERY
    SELECT asked.place::integer, term.space || ' misspelt ' || edits.count, term.id, term.people
      FROM unnest(words) WITH ORDINALITY AS asked (word, place)
      JOIN directory_searchterm term
        ON spellings(term.term) && spellings(asked.word)
       AND term.space IN ('name', 'title', 'team word', 'tag word')
      CROSS JOIN LATERAL (
          SELECT levenshtein_less_equal(term.term, asked.word, 2) AS count OFFSET 0) edits
     WHERE length(asked.word) BETWEEN 3 AND 40
       AND edits.count BETWEEN 1 AND 2
       AND (term.space = 'name' OR length(asked.word) > 4)
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
END
$function$;
