-- The folding table of directory/folding.py, for the database: case, accents, apostrophes and
-- punctuation go, letters of every script stay. A test compares both over every letter. No class
-- such as [:alnum:] is used, because what is in it depends on the locale of the database.
-- Most text is ASCII (as many bytes as characters) and takes the short way, which for words with
-- one space between them is shorter still; in PL/pgSQL, whose calls cost a quarter of those of an
-- SQL function that cannot be inlined.
CREATE FUNCTION fold_text(input text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
BEGIN
    IF octet_length(input) = char_length(input) THEN
        IF input !~ '[^A-Za-z0-9 ]|  |^ | $' THEN
            RETURN lower(input);
        END IF;
        RETURN btrim(regexp_replace(translate(lower(input), $$'`$$, ''), '[^a-z0-9]+', ' ', 'g'));
    END IF;
    RETURN
        btrim(regexp_replace(
            replace(replace(replace(replace(
                translate(
                    regexp_replace(
                        lower(normalize(translate(input, $$'’‘ʼʻ`´ʹ′＇‛$$, ''), NFKD)),
                        '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5'
                        '\u05c7\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7'
                        '\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e'
                        '\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+',
                        '', 'g'
                    ),
                    'øłđðħıĸŋŧəς' || $$'’‘ʼʻ`´ʹ′＇‛$$,
                    'olddhiknteσ'
                ),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
            '[\u0001-/:-@\[-`{-\u00bf\u00d7\u00f7\u02c2-\u02df\u0375\u037e\u0387\u055a-\u055f\u0589'
            '\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4'
            '\u0964\u0965\u1680\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030'
            '\u303d-\u303f\u30a0\u30fb\ue000-\uf8ff\ufff9-\uffff\U0001f000-\U0001faff'
            '\U000e0000-\U0010ffff]+',
            ' ', 'g'
        ));
END
$function$;
