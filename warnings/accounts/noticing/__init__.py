"""What people are told: in an inbox on the site, and collected by mail for those who want it."""
