-- The days that a text such as "Mon-Thu", "Monday, Wed and Friday" or "Tue to Thu" names, in English
-- words of the week; none where it names none. A range goes on over the end of the week.
CREATE FUNCTION working_days(stated text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    week constant text[] := '{monday,tuesday,wednesday,thursday,friday,saturday,sunday}';
    day constant text := '\m(mon|tue|wed|thu|fri|sat|sun)'
        '(?:s|r|rs|days?|sdays?|nesdays?|rsdays?|urdays?)?\M\.?';
    named text[];
    first_day integer;
    last_day integer;
    days text[] := '{}';
BEGIN
    FOR named IN
        SELECT regexp_matches(
            lower(stated), day || '(?:\s*(?:[-\u2010-\u2015]|to|until|till|through)\s*' || day || ')?', 'g')
    LOOP
        SELECT place INTO first_day
          FROM unnest(week) WITH ORDINALITY AS of_week (name, place) WHERE left(name, 3) = named[1];
        SELECT place INTO last_day
          FROM unnest(week) WITH ORDINALITY AS of_week (name, place) WHERE left(name, 3) = named[2];
        last_day := coalesce(last_day, first_day);
        IF last_day < first_day THEN
            last_day := last_day + 7;
        END IF;
        FOR place IN first_day..last_day LOOP
            days := days || week[(place - 1) % 7 + 1];
        END LOOP;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT name FROM unnest(days) AS name ORDER BY name);
END
$function$;
