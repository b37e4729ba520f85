"""The interface of effects: apply a decision, and revert it or say why that is impossible."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from accounts.models import User
from moderation.decisions.input import DecisionInput, Outcome
from moderation.errors import ActionRefusedError
from moderation.models import Case, Decision


@dataclass(frozen=True)
class Context:
    """A decision that is being applied.

    `public_reason` is shown to the person concerned: what the moderator wrote, or else the text of the chosen reason.
    `decision` is stored already; its states are filled in from the outcome.
    """

    case: Case
    actor: User
    choice: DecisionInput
    public_reason: str
    decision: Decision


class Effect(ABC):
    """The changes that a decision makes, in its transaction.

    An effect overrides `revert`, or sets `irreversible` to a sentence that tells moderators why it cannot be undone.
    """

    irreversible: ClassVar[str] = ""

    @abstractmethod
    def apply(self, context: Context) -> Outcome:
        """Apply a decision. Raises ActionRefusedError."""

    def revert(self, decision: Decision, actor: User) -> None:
        """Restore the state before a decision. Raises ActionRefusedError."""
        raise ActionRefusedError(self.irreversible)

    def why_irreversible(self, decision: Decision) -> str:
        """Return why a decision can never be undone, as a sentence; empty if it can be."""
        return self.irreversible


class NoEffect(Effect):
    """Change nothing: the case closes and the people concerned are notified."""

    def apply(self, context: Context) -> Outcome:
        """Return an empty outcome."""
        return Outcome()

    def revert(self, decision: Decision, actor: User) -> None:
        """Do nothing; only the case is reopened."""
