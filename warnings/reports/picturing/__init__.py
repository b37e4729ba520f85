"""Pictures of evidence: put to a draft or to a report that waits, described, replaced and removed."""
