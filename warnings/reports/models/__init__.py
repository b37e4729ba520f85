"""Warnings and what people add to them: reports, evidence, comments, votes, tags, revisions."""

from reports.models.comments import Comment, DeletedComment
from reports.models.counts import LINKS, PublishedCount
from reports.models.drafts import Draft
from reports.models.evidence import Evidence, ImageRedaction
from reports.models.messages import Message, Step
from reports.models.reports import Report
from reports.models.revisions import Revision
from reports.models.subscriptions import FeedAddress, Subscription
from reports.models.tags import Tag, TaggedWarning, TagMerge, TagSynonym
from reports.models.votes import Alarm, Vote
from reports.models.warnings import Warning, WarningCitation

__all__ = [
    "LINKS",
    "Alarm",
    "Comment",
    "DeletedComment",
    "Draft",
    "Evidence",
    "FeedAddress",
    "ImageRedaction",
    "Message",
    "PublishedCount",
    "Report",
    "Revision",
    "Step",
    "Subscription",
    "Tag",
    "TagMerge",
    "TagSynonym",
    "TaggedWarning",
    "Vote",
    "Warning",
    "WarningCitation",
]
