-- As in search_labels.1.sql, and for each word how many words the shortest label of the thing has that
-- it stands in: whoever types that many of a tag's words names the tag. Tags have a second term, for
-- those who know most of it.
CREATE OR REPLACE FUNCTION label_things(of_kind text, things text[]) RETURNS void
LANGUAGE plpgsql AS $function$
BEGIN
    INSERT INTO directory_searchterm (space, term)
    SELECT space, thing
      FROM unnest(things) AS thing
      CROSS JOIN (VALUES (of_kind, true), ('tag expert', of_kind = 'tag')) AS kept (space, is_meant)
     WHERE is_meant
    ON CONFLICT DO NOTHING;

    CREATE TEMP TABLE IF NOT EXISTS said_label (
        token integer, word text COLLATE "C", label_words smallint
    ) ON COMMIT DROP;
    TRUNCATE said_label;
    INSERT INTO said_label
    SELECT term.id, word, min(cardinality(said.words))
      FROM search_label_source source
      JOIN directory_searchterm term ON term.space = of_kind AND term.term = source.thing
      CROSS JOIN LATERAL (SELECT text_words(source.label) AS words OFFSET 0) said
      CROSS JOIN unnest(said.words) AS word
     WHERE source.kind = of_kind AND source.thing = ANY(things)
     GROUP BY term.id, word;

    DELETE FROM directory_searchlabel label
     USING directory_searchterm term
     WHERE term.space = of_kind AND term.term = ANY(things) AND label.token = term.id
       AND NOT EXISTS (SELECT FROM said_label said
                        WHERE said.token = label.token AND said.word = label.word
                          AND said.label_words = label.label_words);
    INSERT INTO directory_searchlabel (kind, word, token, label_words)
    SELECT of_kind, word, token, label_words FROM said_label ON CONFLICT DO NOTHING;
END
$function$;

SELECT label_everything();
