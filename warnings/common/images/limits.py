"""Limits on the size of uploaded files and on the resources of the worker process."""

# A part of a picture: left, top, right and bottom edge, each as a share of the whole, 0 to 1.
Area = tuple[float, float, float, float]

# Of what is sent: bytes of the file, pixels of a picture (width times height), pages of a PDF.
MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
# Of a WebP: libwebp and Pillow hold its pixels four times over, which has to stay below 300 MB.
MOST_WEBP_PIXELS = 12_500_000
MOST_PAGES = 5
# Larger pictures are scaled down to this, in pixels.
LONGEST_SIDE = 2_400

# What comes out, in bytes: a PNG at least this large is made a WebP instead, and nothing may be larger than the last.
LARGEST_PNG = 2_000_000
LARGEST_RESULT = MOST_BYTES
# A PNG of at most this many bytes is packed tightly: with a larger one that takes seconds and gains little.
LARGEST_TO_PACK = 600_000
# Photographs of at most this many pixels become PNG too: drawn anew without loss they are still small.
SMALL_PIXELS = 100_000

# Of the process that decodes: address space in bytes, of which Python and its libraries reserve much that they never
# use, processor seconds, and seconds by the clock.
MOST_MEMORY = 800_000_000
MOST_PROCESSOR_SECONDS = 10
MOST_SECONDS = 15
