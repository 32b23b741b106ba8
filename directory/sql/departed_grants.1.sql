-- Whoever leaves holds no role from that moment, whichever door they leave by. Who comes back is
-- given roles anew; an undone run gives back those it ended, from the trail.
CREATE FUNCTION end_grants_of_departed() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    DELETE FROM directory_grant held
     USING directory_recordowner owner
      JOIN directory_person own ON own.id = owner.person_id
     WHERE held.user_id = owner.user_id
       AND coalesce(own.merged_into_id, own.id) IN (
           SELECT person.id FROM after_change person JOIN before_change earlier USING (id)
            WHERE person.status = 'left' AND earlier.status <> 'left');
    RETURN NULL;
END
$function$;

CREATE TRIGGER departed AFTER UPDATE ON directory_person
    REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
    FOR EACH STATEMENT EXECUTE FUNCTION end_grants_of_departed();
