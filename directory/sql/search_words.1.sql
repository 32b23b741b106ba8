-- The words of a title, a team or a label. Words longer than 60 characters are cut, here and in
-- questions alike, because an index takes no endless ones.
CREATE FUNCTION text_words(raw text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT coalesce(array_agg(DISTINCT left(word, 60)), '{}')
      FROM unnest(string_to_array(fold_text(raw), ' ')) AS word
     WHERE word <> ''
$function$;

-- Greek and Cyrillic letters as they are commonly written in Latin ones, after folding. Source: the
-- British Standards BS 2979 (Cyrillic) and ELOT 743 (Greek), without their accents.
CREATE FUNCTION latin_letters(folded text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(
            translate(folded,
                'абвгґдезиіїйклмнопрстуфыэє' || 'αβγδεζηικλμνξοπρστυφω' || 'ьъ',
                'abvggdeziiiiklmnoprstufyee' || 'avgdeziiklmnxoprstyfo'),
            'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'щ', 'shch'), 'ш', 'sh'), 'ю', 'yu'),
            'я', 'ya'), 'ё', 'e'), 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'), 'ς', 's')
$function$;

-- The words of a name: as folded; double-barrelled names and short particles also as one word
-- (smithjones, obrien, delacruz); umlauts and their like also as two letters (mueller); and Greek
-- and Cyrillic names also in Latin letters.
CREATE FUNCTION name_words(raw text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    folded text := fold_text(raw);
    words text[] := string_to_array(folded, ' ');
    plain text;
BEGIN
    IF octet_length(raw) > char_length(raw) THEN
        plain := translate(lower(normalize(raw, NFC)), 'äöüåæø', '');
        IF plain <> lower(normalize(raw, NFC)) THEN
            plain := lower(normalize(raw, NFC));
            plain := replace(replace(replace(replace(replace(
                plain, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'ø', 'oe');
            words := words || string_to_array(fold_text(plain), ' ');
        END IF;
        IF folded ~ '[\u0370-\u04ff]' THEN
            words := words || string_to_array(latin_letters(folded), ' ');
        END IF;
    END IF;
    IF position(' ' IN folded) > 0 THEN
        IF raw ~ '[-\u2010-\u2015]' THEN
            words := words || string_to_array(
                fold_text(regexp_replace(raw, '[-\u2010-\u2015]', '', 'g')), ' ');
        END IF;
        IF length(words[1]) <= 3 THEN
            words := words || replace(folded, ' ', '');
        END IF;
        words := words || ARRAY(
            SELECT said.word || following.word
              FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY said(word, place)
              JOIN unnest(string_to_array(folded, ' ')) WITH ORDINALITY following(word, place)
                ON following.place = said.place + 1
             WHERE length(said.word) <= 3);
    END IF;
    RETURN ARRAY(SELECT DISTINCT left(word, 60) FROM unnest(words) word WHERE word <> '' ORDER BY 1);
END
$function$;

-- A word and what is left of it without any one of its letters: two words one edit apart share one
-- of these. Source: SymSpell's symmetric deletes, https://github.com/wolfgarbe/SymSpell.
CREATE FUNCTION spellings(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT CASE WHEN length(word) BETWEEN 3 AND 40
        THEN ARRAY(SELECT word UNION
                   SELECT left(word, place - 1) || substr(word, place + 1)
                     FROM generate_series(1, length(word)) AS place)
        ELSE ARRAY[word]
    END
$function$;
