-- What each word of a question may mean: tokens of the vocabulary, how the word fits them, and about
-- how many people hold each. Words that fit nothing as they stand, or all of them when `widely`, are
-- also taken for misspelt ones. `other_names` are nicknames, `named_by` the places of their words.
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
    WITH asked AS MATERIALIZED (
        SELECT place::integer, word COLLATE "C" AS word, length(word) AS letters
          FROM unnest(words) WITH ORDINALITY AS every (word, place)
    ), labelled AS MATERIALIZED (
        SELECT asked.place, label.kind, label.token, label.word = asked.word AS whole
          FROM asked
          CROSS JOIN LATERAL (
              SELECT kind, token, word FROM directory_searchlabel
               WHERE word >= asked.word AND word < asked.word || topmost
                 AND (asked.letters > 2 OR word = asked.word) AND kind <> 'team'
               ORDER BY word LIMIT 200) label
    )
    SELECT asked.place, term.space::text, term.id, term.people
      FROM asked
      JOIN directory_searchterm term
        ON term.space IN ('name', 'title', 'team word') AND term.term = asked.word
    UNION ALL
    SELECT named.place, 'nickname', term.id, term.people
      FROM unnest(named_by, other_names) AS named (place, word)
      JOIN directory_searchterm term ON term.space = 'name' AND term.term = named.word COLLATE "C"
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
           ORDER BY people DESC LIMIT 60) term
     WHERE asked.letters > 3
    UNION ALL
    SELECT asked.place, written.space || ' begun', term.id, term.people
      FROM asked
      CROSS JOIN (VALUES ('title'), ('team word')) AS written (space)
      CROSS JOIN LATERAL (
          SELECT id, people FROM directory_searchterm
           WHERE space = written.space AND term > asked.word AND term < asked.word || topmost
           ORDER BY people DESC LIMIT 20) term
     WHERE asked.letters > 2
    UNION ALL
    SELECT labelled.place, labelled.kind || CASE WHEN labelled.whole THEN '' ELSE ' begun' END,
           labelled.token, term.people
      FROM labelled JOIN directory_searchterm term ON term.id = labelled.token
    UNION ALL -- tags that were merged into those named, and narrower ones, two steps down
    SELECT labelled.place, 'tag narrower', closer.id, closer.people
      FROM labelled
      JOIN directory_searchterm named ON named.id = labelled.token
      JOIN directory_expertisetag tag ON tag.id = named.term::uuid
      CROSS JOIN LATERAL (
          SELECT id FROM directory_expertisetag WHERE merged_into_id = tag.id
          UNION SELECT from_tag_id FROM directory_broadertag WHERE to_tag_id = tag.id
          UNION SELECT below.from_tag_id FROM directory_broadertag above
                  JOIN directory_broadertag below ON below.to_tag_id = above.from_tag_id
                 WHERE above.to_tag_id = tag.id
          UNION SELECT tag.merged_into_id WHERE tag.merged_into_id IS NOT NULL) other
      JOIN directory_searchterm closer ON closer.space = 'tag' AND closer.term = other.id::text
     WHERE labelled.kind = 'tag' AND labelled.whole
    UNION ALL -- teams below one so named; the topmost first, who have most below them
    SELECT asked.place, 'team below', below.id, below.people
      FROM asked
      CROSS JOIN LATERAL (
          SELECT team.path
            FROM directory_searchlabel label
            JOIN directory_searchterm term ON term.id = label.token
            JOIN directory_team team ON team.id = term.term::uuid
           WHERE label.word = asked.word AND label.kind = 'team'
             AND EXISTS (SELECT FROM directory_team child WHERE child.parent_id = team.id)
           ORDER BY nlevel(team.path), team.path LIMIT 4) named
      CROSS JOIN LATERAL (
          SELECT id FROM directory_team
           WHERE path <@ named.path AND path <> named.path ORDER BY path LIMIT 25) team
      JOIN directory_searchterm below ON below.space = 'team' AND below.term = team.id::text
     WHERE asked.letters > 2;

    RETURN QUERY
    SELECT asked.place::integer, term.space || ' misspelt ' || edits.count, term.id, term.people
      FROM unnest(words) WITH ORDINALITY AS asked (word, place)
      JOIN directory_searchterm term
        ON spellings(term.term) && spellings(asked.word)
       AND term.space IN ('name', 'title', 'team word')
      CROSS JOIN LATERAL (
          SELECT levenshtein_less_equal(term.term, asked.word, 2) AS count OFFSET 0) edits
     WHERE length(asked.word) BETWEEN 3 AND 40
       AND edits.count BETWEEN 1 AND 2
       AND (term.space = 'name' OR length(asked.word) > 4)
       AND (widely OR NOT EXISTS (
               SELECT FROM directory_searchterm known
                WHERE known.space IN ('name', 'title', 'team word')
                  AND known.term >= asked.word COLLATE "C"
                  AND known.term < (asked.word || topmost) COLLATE "C")
              AND NOT EXISTS (
               SELECT FROM directory_searchlabel known
                WHERE known.word >= asked.word COLLATE "C"
                  AND known.word < (asked.word || topmost) COLLATE "C"));
END
$function$;
