"""How the words of a vocabulary stand in an address: whatever a label folds to."""

from django.urls.converters import StringConverter


class WordSlugConverter(StringConverter):
    """A folded label such as `flood-insurance`, in whatever script and signs a feed names tags."""

    regex = r"[^/\x00-\x20\x7f]+"
