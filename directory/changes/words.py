"""
The words that mean a grade or a profession, for one feed; each is folded.

A feed's own word counts before the common ones; the names of the common lists, and the codes
of the scale, count as well. Parameter of both queries: `feed`.
"""

GRADE_WORDS = """
    SELECT DISTINCT ON (word) word, grade_id
      FROM (SELECT fold_text(value) AS word, grade_id, feed_id IS NULL AS common
              FROM directory_gradetranslation WHERE feed_id IS NULL OR feed_id = %(feed)s
            UNION ALL SELECT fold_text(code), id, true FROM directory_grade
            UNION ALL SELECT fold_text(name), id, true FROM directory_grade) words
     ORDER BY word, common, grade_id
"""

PROFESSION_WORDS = """
    SELECT DISTINCT ON (word) word, profession_id
      FROM (SELECT fold_text(value) AS word, profession_id, feed_id IS NULL AS common
              FROM directory_professiontranslation WHERE feed_id IS NULL OR feed_id = %(feed)s
            UNION ALL SELECT fold_text(name), id, true FROM directory_profession) words
     ORDER BY word, common, profession_id
"""
