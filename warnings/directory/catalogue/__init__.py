"""The starter catalogue: its files, their schema, and how they merge with local edits."""

from directory.catalogue import features, marketplaces, tactics, tools
from directory.catalogue.sections import register

# In writing order: sections that others refer to come first.
for _section in (features.SECTION, tactics.SECTION, marketplaces.SECTION, tools.SECTION):
    register(_section)
