-- Keeps directory_searchlabel: the words by which things are found, and their tokens. Statement
-- triggers write the labels of whatever changed, in the transaction that changed it. A thing's term
-- and labels are its own, so two transactions never wait for each other here.
CREATE VIEW search_label_source AS
    SELECT 'organisation' AS kind, id::text AS thing, concat_ws(' ', name, acronym) AS label
      FROM directory_organisation
    UNION ALL SELECT 'organisation', organisation_id::text, name FROM directory_organisationname
    UNION ALL SELECT 'team', id::text, name FROM directory_team WHERE status = 'live'
    UNION ALL SELECT 'tag', id::text, preferred_label FROM directory_expertisetag
    UNION ALL SELECT 'tag', tag_id::text, label FROM directory_alternativelabel
    UNION ALL SELECT 'location', id::text, concat_ws(' ', name, city, region) FROM directory_location
    UNION ALL SELECT 'grade', id::text, concat_ws(' ', code, name) FROM directory_grade
    UNION ALL SELECT 'grade', grade_id::text, value FROM directory_gradetranslation WHERE feed_id IS NULL
    UNION ALL SELECT 'profession', id::text, name FROM directory_profession
    UNION ALL SELECT 'profession', profession_id::text, value
                FROM directory_professiontranslation WHERE feed_id IS NULL;

-- For each word also how many words the shortest label of the thing has that it stands in: whoever
-- types that many of a tag's words names the tag. Tags have a second term, for those who know most of
-- it.
CREATE FUNCTION label_things(of_kind text, things text[]) RETURNS void
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

-- For every thing there is: what the triggers would have written.
CREATE FUNCTION label_everything() RETURNS void LANGUAGE sql AS $function$
    SELECT label_things(kind, array_agg(DISTINCT thing)) FROM search_label_source GROUP BY kind;
$function$;

-- Arguments: the kind of thing, and the column that holds its id.
CREATE FUNCTION label_changed_things() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    things text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %I::text) FROM changed', TG_ARGV[1]) INTO things;
    IF things IS NOT NULL THEN
        PERFORM label_things(TG_ARGV[0], things);
    END IF;
    RETURN NULL;
END
$function$;

DO $block$
DECLARE
    labelled record;
BEGIN
    FOR labelled IN
        SELECT * FROM (VALUES
            ('organisation', 'organisation', 'id'), ('organisationname', 'organisation', 'organisation_id'),
            ('team', 'team', 'id'),
            ('expertisetag', 'tag', 'id'), ('alternativelabel', 'tag', 'tag_id'),
            ('location', 'location', 'id'),
            ('grade', 'grade', 'id'), ('gradetranslation', 'grade', 'grade_id'),
            ('profession', 'profession', 'id'), ('professiontranslation', 'profession', 'profession_id')
        ) AS every (name, kind, id_column)
    LOOP
        EXECUTE format(
            'CREATE TRIGGER label_inserted AFTER INSERT ON directory_%1$s REFERENCING NEW TABLE AS changed'
            ' FOR EACH STATEMENT EXECUTE FUNCTION label_changed_things(%2$L, %3$L);'
            'CREATE TRIGGER label_updated AFTER UPDATE ON directory_%1$s REFERENCING NEW TABLE AS changed'
            ' FOR EACH STATEMENT EXECUTE FUNCTION label_changed_things(%2$L, %3$L);'
            'CREATE TRIGGER label_deleted AFTER DELETE ON directory_%1$s REFERENCING OLD TABLE AS changed'
            ' FOR EACH STATEMENT EXECUTE FUNCTION label_changed_things(%2$L, %3$L);',
            labelled.name, labelled.kind, labelled.id_column);
    END LOOP;
END
$block$;
