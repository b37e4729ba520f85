"""Parts of an address."""

from django.urls import register_converter

TAG_SLUG, FEED_FORM = "tagslug", "feedform"


class TagSlugConverter:
    """A tag's slug, which may be in any script."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        """The slug as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The slug as it goes into an address."""
        return value


class FeedFormConverter(TagSlugConverter):
    """The end of a feed's address."""

    regex = "atom|rss|json"


# Here and not beside the addresses: several apps use them, and a name may be given once only.
register_converter(TagSlugConverter, TAG_SLUG)
register_converter(FeedFormConverter, FEED_FORM)
