-- The lot a person draws, once for life: one in 8 people has 1 or more, one in 64 has 2, then 3 and
-- 4. Searches that find very many look at those with a lot, which is a fair sample of all. Not
-- STRICT and without FROM, so that it is inlined: a call would cost as much as the rest of an entry.
CREATE FUNCTION drawn_lot(person_id uuid) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN get_byte(uuid_send(person_id), 15) & 7 > 0 THEN 0::smallint
        WHEN get_byte(uuid_send(person_id), 15) & 63 > 0 THEN 1
        WHEN get_byte(uuid_send(person_id), 15) > 0 OR get_byte(uuid_send(person_id), 14) & 1 > 0
            THEN 2
        WHEN get_byte(uuid_send(person_id), 14) & 15 > 0 THEN 3
        ELSE 4
    END
$function$;
