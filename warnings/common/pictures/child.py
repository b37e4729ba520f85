"""The process that decodes one file: strict limits first, then the file from standard input.

Answers on standard output: a line of JSON that tells the pictures' sizes or why the file is refused, then the bytes.
"""

import json
import resource
import sys
from pathlib import Path


def main() -> None:
    """Read, decode, answer."""
    limit, seconds = int(sys.argv[1]), int(sys.argv[2])
    for name, value in (
        (resource.RLIMIT_AS, limit),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(name, (value, value))
    data = sys.stdin.buffer.read()
    try:
        found = list(pictures(data))
    except PictureRefused as refused:
        sys.stdout.buffer.write(json.dumps({"refused": str(refused)}).encode() + b"\n")
        return
    heads = [{"size": len(packed), "type": kind, "width": w, "height": h} for packed, kind, w, h in found]
    sys.stdout.buffer.write(json.dumps({"pictures": heads}).encode() + b"\n")
    for packed, *_ in found:
        sys.stdout.buffer.write(packed)


if __name__ == "__main__":
    # Started as a script with nothing of ours on the path; the folder of the apps is two up.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from common.pictures.decoding import pictures
    from common.pictures.limits import PictureRefused

    main()
