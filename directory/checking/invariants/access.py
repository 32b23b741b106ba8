"""Machines that have access."""

from typing import Final

from directory.checking.invariants.invariant import Invariant

TOKENS: Final = (
    # The other way round is no fault: an expired token is deleted, and its credential stays.
    Invariant(
        name="token_is_for_something",
        sentence="Every machine's token has a credential that says what it is for.",
        sql="""
            SELECT token.token_key AS id FROM knox_authtoken token
             WHERE NOT EXISTS (SELECT FROM directory_credential credential
                                WHERE credential.token_digest = token.digest)""",
    ),
)
