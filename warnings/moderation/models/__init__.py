"""The tables of moderation."""

from moderation.models.announcements import Announcement
from moderation.models.appeals import Appeal
from moderation.models.cases import Case, SavedView
from moderation.models.decisions import Decision, Reason
from moderation.models.flags import Flag
from moderation.models.invitations import Invitation
from moderation.models.legal_notices import LegalNotice
from moderation.models.legal_threats import LegalThreat
from moderation.models.limits import ChosenLimit
from moderation.models.proposed_tools import Proposal
from moderation.models.referrals import Referral
from moderation.models.spam import SpamSample, SpamWeights
from moderation.models.statements import Statement

__all__ = [
    "Announcement",
    "Appeal",
    "Case",
    "ChosenLimit",
    "Decision",
    "Flag",
    "Invitation",
    "LegalNotice",
    "LegalThreat",
    "Proposal",
    "Reason",
    "Referral",
    "SavedView",
    "SpamSample",
    "SpamWeights",
    "Statement",
]
