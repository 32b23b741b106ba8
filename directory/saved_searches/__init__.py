"""
Searches that people keep, and who is new in them.

    keeping (save, rename, switch, forget), digests (one e-mail a day) -> news -> naming
"""
