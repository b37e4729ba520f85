"""The worker process that decodes one file. It drops its privileges, reads standard input and writes frames."""

import json
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import (
    Image,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

if __name__ == "__main__":
    # Started as a script without the project on its path; the apps are two folders up.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from common.images.errors import ImageError
from common.images.frames import Frame, FrameKind, packed
from common.images.limits import MOST_MEMORY, MOST_PROCESSOR_SECONDS, Area
from common.images.re_encode import re_encode

# Pillow would import these lazily, which the limits prevent. TIFF is the layout of EXIF, and MPO a file with two JPEG
# images that some cameras write.
READERS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)

LIMITS = {
    resource.RLIMIT_AS: MOST_MEMORY,
    resource.RLIMIT_CPU: MOST_PROCESSOR_SECONDS,
    # A compromised process can write no file, dump no core and start no process.
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    # Only the standard streams are open; no file, folder or socket can be opened.
    resource.RLIMIT_NOFILE: 3,
}


def confine() -> None:
    """Permanently drop all resources that decoding does not need, and let pages go first."""
    os.nice(10)
    Image.preinit()
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))


def answer(data: bytes, areas: Sequence[Area] = ()) -> bytes:
    """Return the answer to a file: frames with new files, or one with a Reason. `areas` are masked."""
    try:
        return packed(re_encode(data, areas))
    except ImageError as refused:
        return packed([Frame(FrameKind.REFUSED, refused.reason.name.encode())])


if __name__ == "__main__":
    to_cover = json.loads(sys.argv[1])
    confine()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), to_cover))
