"""The worker process that decodes one file: it drops its privileges, reads standard input and writes frames."""

import json
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
    # Started as a script with nothing of ours on the path; the folder of the apps is two up.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from common.images.errors import ImageError
from common.images.frames import Frame, FrameKind, packed
from common.images.limits import MOST_MEMORY, MOST_PROCESSOR_SECONDS, Area
from common.images.re_encode import re_encode

# Pillow would load these when it first needs them, which the limits forbid. TIFF is how EXIF is laid out, MPO how
# some cameras put two JPEG pictures into one file.
READERS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)

LIMITS = {
    resource.RLIMIT_AS: MOST_MEMORY,
    resource.RLIMIT_CPU: MOST_PROCESSOR_SECONDS,
    # Whoever takes the process over writes no file, leaves no core behind and starts no other process.
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NPROC: 0,
    # Input, output and errors are open; no file, folder or socket is opened any more, to read from or to send to.
    resource.RLIMIT_NOFILE: 3,
}


def confine() -> None:
    """Give up all that decoding does not need, for good."""
    Image.preinit()
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))


def answer(data: bytes, areas: Sequence[Area] = ()) -> bytes:
    """What to say to a file, of which some areas are to be covered: frames with new files, or one with a Reason.

    Raises nothing of its own.
    """
    try:
        return packed(re_encode(data, areas))
    except ImageError as refused:
        return packed([Frame(FrameKind.REFUSED, refused.reason.name.encode())])


if __name__ == "__main__":
    to_cover = json.loads(sys.argv[1])
    confine()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), to_cover))
