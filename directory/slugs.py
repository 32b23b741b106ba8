"""How the words of a vocabulary stand in an address: letters and digits of any script."""

from django.urls.converters import StringConverter


class WordSlugConverter(StringConverter):
    """A folded label such as `flood-insurance`, in whatever script a feed names its tags."""

    regex = r"[\w-]+"
