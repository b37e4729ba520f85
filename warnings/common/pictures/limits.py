"""How large an uploaded file may be, and what the process that reads it may use."""

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
MOST_PAGES = 5
# Larger pictures are scaled down to this, in pixels.
LONGEST_SIDE = 2_400
# A PNG larger than this is stored as WebP, which is smaller for photographs, in bytes.
LARGEST_PNG = 1_500_000
# Of the process that decodes: address space in bytes, processor seconds, and seconds by the clock.
MOST_MEMORY = 700_000_000
MOST_PROCESSOR_SECONDS = 10
MOST_SECONDS = 20


class PictureRefused(Exception):
    """A file that is not taken; the message is one sentence for the person who sent it."""
