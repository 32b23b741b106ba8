"""
Django's PostgreSQL engine, with what this project demands of a server and of its two roles.

`base` refuses an unfit server at the first connection; `grants` gives the
serving role what it needs after every migration, and nothing more.
"""
