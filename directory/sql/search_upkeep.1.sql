-- Folds the tallies into the vocabulary. One does it at a time; whoever comes meanwhile leaves theirs
-- to the next, so nobody waits.
CREATE FUNCTION fold_search_tallies() RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('fold_search_tallies')) THEN
        RETURN;
    END IF;
    WITH taken AS (
        DELETE FROM directory_searchtally RETURNING term_id, people
    )
    UPDATE directory_searchterm term SET people = term.people + total.people
      FROM (SELECT term_id, sum(people) AS people FROM taken GROUP BY term_id) total
     WHERE term.id = total.term_id;
END
$function$;

-- Files what was added to the indexes of entries lately: until then every search reads through it.
-- Only an index's owner may, so this runs as the owner, and takes nothing from its caller.
CREATE FUNCTION file_new_entries() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $function$
BEGIN
    PERFORM gin_clean_pending_list(name::regclass)
       FROM unnest('{entry_tokens,entry_tokens_8,entry_tokens_64,entry_tokens_512,entry_phones}'::text[])
         AS name;
END
$function$;
