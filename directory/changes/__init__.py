"""
The one door for writes: row, provenance and audit together.

Every function here works set-based inside the caller's transaction. The trail
itself is written by the database's own triggers; `context` says who and why.
"""
