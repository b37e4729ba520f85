"""Names of tools that reports propose: adding them, saying which tool they mean, setting them aside."""
