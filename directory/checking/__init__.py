"""
Whether the directory is what its design says: every invariant, checked against the database.

    invariants, agreement (tables), keys (read off the models) -> check (walks all three)
    profiles, entries: what SQL alone cannot say
"""
