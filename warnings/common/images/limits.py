"""Limits on the size of uploaded files and on the resources of the worker process."""

# An area of an image: left, top, right and bottom edge, each as a fraction from 0 to 1.
Area = tuple[float, float, float, float]

# Uploads: bytes of the file, pixels of an image (width times height), pages of a PDF.
MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
# A WebP: libwebp and Pillow keep four copies of its pixels. A long screenshot of a phone may be 1,290 by 14,000.
MOST_WEBP_PIXELS = 18_500_000
MOST_PAGES = 5
# Larger photographs are scaled down to this, in pixels.
LONGEST_SIDE = 2_400
# No result has more pixels (width times height), or a longer side.
MOST_KEPT_PIXELS = LONGEST_SIDE**2
LONGEST_PIECE = 4_800

# Results, in bytes: a PNG of at least the first size becomes a WebP, and no file may exceed the second.
LARGEST_PNG = 2_000_000
LARGEST_RESULT = MOST_BYTES
# The largest PNG in bytes to compress optimally; for larger ones that takes seconds and gains little.
LARGEST_TO_PACK = 600_000
# Photographs of at most this many pixels become PNG too: without loss they are still small.
SMALL_PIXELS = 100_000

# The worker process: address space in bytes, much of which Python and its libraries reserve without using it, CPU
# seconds, after which a file is too complex, and wall-clock seconds, after which the machine is too busy.
MOST_MEMORY = 800_000_000
MOST_PROCESSOR_SECONDS = 10
MOST_SECONDS = 15
