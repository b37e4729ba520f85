"""Which ready reply fits a tool, and which marketplace rules concern it."""

from directory.words import RuleTopic, ToolKind

_MONITORS = (ToolKind.TIME_TRACKER, ToolKind.MONITORING)
_CONTROLS = (ToolKind.REMOTE_ACCESS, ToolKind.DEVICE_MANAGEMENT)


def tactic_for(kind: str) -> str:
    """The slug of the tactic whose reply answers a request to use a tool of this kind."""
    if kind in _CONTROLS:
        return "remote-access-setup"
    if kind in _MONITORS:
        return "always-on-availability"
    return "off-platform-contact"


def rule_topics_for(kind: str) -> tuple[RuleTopic, ...]:
    """The topics of marketplace rules that a request to use a tool of this kind touches."""
    if kind in _CONTROLS:
        return (RuleTopic.ACCOUNT_SHARING, RuleTopic.OUTSIDE_FILES)
    if kind in _MONITORS:
        return (RuleTopic.OUTSIDE_FILES, RuleTopic.OFF_PLATFORM_CONTACT)
    return (RuleTopic.OFF_PLATFORM_CONTACT, RuleTopic.SHARING_CONTACT_DETAILS)
