"""How the tables of words in this package are written down."""


def unfolded(table: str, /) -> list[str]:
    """The lines of a text table; a line that starts with two spaces goes on with the one above."""
    return table.strip().replace("\n  ", " ").splitlines()
