"""Parts of an address."""


class TagSlugConverter:
    """A tag's slug, which may be in any script."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """The slug as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The slug as it goes into an address."""
        return value
