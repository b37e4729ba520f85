"""Personal data in texts: found before publication, highlighted, and replaced on request. Pure."""

from reports.personal_data.find import find_personal_data, replaced
from reports.personal_data.kinds import Find, Kind

__all__ = ["Find", "Kind", "find_personal_data", "replaced"]
