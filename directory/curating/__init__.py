"""People change things: who may, what they may change, and what becomes of it."""
