"""The description of each feature, for moderators; those of phrases are stored with the phrases. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_noop as _

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "anonymous": _("Sent without an account"),
        "new_account": _("The account is this many days old"),
        "burst": _("So many texts by the same person within an hour"),
        "disposable_mail": _("The e-mail address is of a provider of throw-away mailboxes"),
        "links": _("Links"),
        "shortened_links": _("Shortened links, which hide where they lead"),
        "disguised_links": _("Links written so that programs miss them"),
        "markup_links": _("Links in HTML or forum code, which does not work here"),
        "labelled_links": _("Links behind other words"),
        "invite_links": _("Links that open a chat"),
        "link_density": _("Much of the text is links, as this one"),
        "offer_with_contact": _("An offer together with a way to reach somebody"),
        "offer_with_link": _("An offer together with a link"),
        "reach_untold": _("A link or address, and nothing told of what happened"),
        "like_removed": _("Like a text that was removed"),
        "words_seen": _("Words that lean to removed or to published texts"),
        "hidden_signs": _("Invisible signs within words"),
        "masked_words": _("Words with letters of another script or digits for letters"),
        "spaced_letters": _("Words with a space after each letter"),
        "spinning": _("A template with choices left in"),
        "repeated_signs": _("The same sign many times"),
        "symbols": _("Many small pictures"),
        "capitals": _("Nearly all in capitals"),
        "tiny": _("Hardly any words"),
        "unrelated": _("No sentence, and nothing that is known here"),
        "known_name": _("Names a tool or marketplace that is known here"),
    }
)
