"""
Whether the directory is what its design says: every invariant, checked against the database.

    invariants (the table), keys (read off the models) -> check (walks both)
    profiles, entries: what SQL alone cannot say
"""
