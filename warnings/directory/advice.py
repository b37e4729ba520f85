"""Choose the canned reply and the marketplace rule for a request to use a tool."""

from directory.choices import RuleTopic, ToolKind

_MONITORS = (ToolKind.TIME_TRACKER, ToolKind.MONITORING)
_CONTROLS = (ToolKind.REMOTE_ACCESS, ToolKind.DEVICE_MANAGEMENT)


def tactic_for(kind: str) -> str:
    """Return the slug of the tactic whose reply answers a request to use a tool of this kind."""
    if kind in _CONTROLS:
        return "remote-access-setup"
    if kind in _MONITORS:
        return "monitoring-software"
    return "off-platform-contact"


def rule_topic_for(kind: str) -> RuleTopic:
    """Return the rule topic most relevant to a request to use a tool of this kind."""
    return RuleTopic.OUTSIDE_FILES if kind in (*_CONTROLS, *_MONITORS) else RuleTopic.OFF_PLATFORM_CONTACT
