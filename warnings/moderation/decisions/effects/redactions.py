"""Remove passages from a warning and its posts, and restore them."""

from accounts.models import User
from common.encryption import DecryptionError
from common.errors import Sentence
from moderation.decisions.effects.base import Context, Effect
from moderation.decisions.effects.posts import REFUSALS, require_status
from moderation.decisions.input import Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Decision
from reports.actions import moderation as moderation_actions
from reports.models import Warning
from reports.removed_marks import PUT

_HOLDS_A_MARK = Sentence(
    f"A passage cannot include “{PUT}”, because what was removed there could not be put back then. Enter what stands"
    " before and after it as two passages.",
    "holds-a-mark",
)
_THROWN_AWAY = Sentence("The removed passages were thrown away: this cannot be undone any more.", "thrown-away")


class Redaction(Effect):
    """Remove passages from a warning and its posts; restorable while they are stored in sealed form."""

    def apply(self, context: Context) -> Outcome:
        """Remove passages. Do not store states, which contain the texts: the passages are only stored sealed."""
        require_status(context)
        if any(PUT in passage for passage in context.choice.passages):
            raise ActionRefusedError(_HOLDS_A_MARK)
        post, name = context.case.subject, context.actor.handle
        warning = post if isinstance(post, Warning) else post.warning
        try:
            sealed = moderation_actions.redact(actor=name, warning=warning, passages=context.choice.passages)
        except REFUSALS as refused:
            raise ActionRefusedError(refused.sentence) from None
        return Outcome(moved={"warning": warning.pk}, sealed=sealed)

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the removed passages. If some texts were rewritten, the removed words stay sealed, to be read."""
        warning = Warning.objects.filter(pk=decision.moved["warning"]).first()
        if warning is None:
            raise ActionRefusedError("The warning is gone.", "gone")
        try:
            done = moderation_actions.unredact(actor=actor.handle, warning=warning, sealed=decision.sealed)
        except DecryptionError:
            raise ActionRefusedError(
                "The removed passages cannot be read any more: the site's key was changed.", "key-changed"
            ) from None
        if done.left and not done.restored:
            raise ActionRefusedError(
                "All of it was rewritten since. The removed words stand on this page: edit the texts by hand.",
                "written-anew",
            )
        if done.left:
            decision.moved["left"] = done.left
        else:
            decision.sealed = ""

    def why_irreversible(self, decision: Decision) -> str:
        """Return why the passages cannot be restored: they expired or were deleted."""
        return "" if decision.sealed else _THROWN_AWAY
