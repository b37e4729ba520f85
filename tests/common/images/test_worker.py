"""The process that decodes has little to work with, leaves nothing behind, and is not believed."""

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from common.images import clean as clean_images
from common.images import worker
from common.images.clean import CleanPicture, clean
from common.images.errors import ImageError, Reason
from common.images.frames import Frame, FrameKind, packed
from tests.common.images import hostile

APPS = Path(clean_images.__file__).parents[2]
PNG = hostile.saved(hostile.picture(), "PNG")
WEBP = hostile.saved(hostile.picture(), "WEBP")
# Runs a process for each file named to it, one after the other, and tells the most memory that one of them used, in
# KB. In a process between, since what this one uses would be counted with its children.
MEASURING = """
import resource, subprocess, sys
for name in sys.argv[2:]:
    with open(name, "rb") as file:
        subprocess.run([sys.executable, "-I", sys.argv[1]], stdin=file, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    """Let another program answer in place of the one that decodes."""
    script = folder / "worker.py"
    script.write_text(f"import os, signal, sys\n{program}\n", encoding="utf-8")
    monkeypatch.setattr(clean_images, "_WORKER", script)


def saying(answer: bytes) -> str:
    return f"sys.stdin.buffer.read(); sys.stdout.buffer.write({answer!r})"


def most_memory(files: list[Path]) -> int:
    """The most memory that decoding one of the files took, in MB."""
    command = [sys.executable, "-I", "-c", MEASURING, str(clean_images._WORKER), *map(str, files)]
    return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) // 1_024


@pytest.mark.parametrize(
    ("mode", "form"),
    [("1", "PNG"), ("L", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGB", "PNG"), ("RGBA", "PNG"), ("I;16", "PNG"),
     ("L", "JPEG"), ("RGB", "JPEG"), ("CMYK", "JPEG")],
)  # fmt: skip
def test_forty_million_pixels_need_less_than_300_megabytes(mode: str, form: str, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(hostile.saved(hostile.picture(mode, (6_300, 6_300)), form, **_quickly(form)))
    assert most_memory([large]) < 300


def _quickly(form: str) -> dict[str, int]:
    return {"compress_level": 1} if form == "PNG" else {}


def test_no_odd_file_and_no_bomb_needs_300_megabytes(tmp_path: Path) -> None:
    # It takes seconds: each file is decoded in a process of its own.
    files = []
    for number, (_, data) in enumerate([*hostile.odd(), *hostile.bombs()]):
        files.append(tmp_path / str(number))
        files[-1].write_bytes(data)
    assert most_memory(files) < 300


def test_the_largest_webp_needs_less_than_350_megabytes_and_a_larger_one_is_refused(tmp_path: Path) -> None:
    for options in ({"method": 0}, {"lossless": True, "method": 0}):
        large = tmp_path / "large"
        large.write_bytes(hostile.saved(hostile.picture("RGB", (5_000, 3_690)), "WEBP", **options))
        assert most_memory([large]) < 350
    with pytest.raises(ImageError, match=f"^{Reason.TOO_MANY_PIXELS_FOR_WEBP.value}$"):
        clean(hostile.saved(hostile.picture("RGB", (5_000, 3_710)), "WEBP", method=0))


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/hostname')",
        "open(sys.argv[2], 'wb')",
        "os.listdir('/')",
        "socket.socket()",
        "os.pipe()",
        "subprocess.Popen(['/bin/true'])",
        "os.write(os.memfd_create('x'), b'x')",
        "bytearray(2_000_000_000)",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (99, 99)) if os.geteuid() else 1 / 0",
    ],
)
def test_whoever_takes_the_process_over_gets_nowhere(attempt: str, tmp_path: Path) -> None:
    program = (
        "import os, resource, socket, subprocess, sys\nsys.path.insert(0, sys.argv[1])\n"
        f"from common.images.worker import confine\nconfine()\ntry:\n    {attempt}\n"
        "except Exception as error:\n    print('stopped')\nelse:\n    print('done')\n"
    )
    command = [sys.executable, "-I", "-c", program, str(APPS), str(tmp_path / "written")]
    assert subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout == b"stopped\n"
    assert list(tmp_path.iterdir()) == []


def test_the_processor_is_lent_for_ten_seconds() -> None:
    assert worker.LIMITS[resource.RLIMIT_CPU] == 10


def test_the_process_sees_no_environment_and_no_open_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "nobody's business")
    # Python itself sets LC_CTYPE in an empty environment; the fourth open file is the folder that is listed.
    look = "assert set(os.environ) <= {'LC_CTYPE'}; assert len(os.listdir('/proc/self/fd')) <= 4"
    with (tmp_path / "open").open("wb") as file:
        os.set_inheritable(file.fileno(), True)
        instead(monkeypatch, tmp_path, f"{look}; {saying(packed([Frame(FrameKind.PNG, PNG)]))}")
        assert len(clean(b"x")) == 1


@pytest.mark.parametrize(
    "program",
    [
        "sys.exit(3)",
        "sys.stdin.buffer.read(); sys.exit(3)",
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "sys.stdin.buffer.read(); os.kill(os.getpid(), signal.SIGKILL)",
        "sys.stdin.close()",
        "raise ValueError",
        "while True: sys.stdout.buffer.write(bytes(1_000_000))",
        f"{saying(packed([Frame(FrameKind.PNG, PNG)]))}; sys.stdout.flush(); os._exit(1)",
    ],
)
def test_a_process_that_fails_is_a_refusal(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, tmp_path, program)
    with pytest.raises(ImageError, match=f"^{Reason.TOO_COMPLEX.value}$"):
        clean(b"x" * 3_000_000)


@pytest.mark.parametrize(
    "program",
    [
        "signal.pause()",
        "sys.stdin.buffer.read(); sys.stdout.buffer.write(b'P'); sys.stdout.flush(); signal.pause()",
        "sys.stdin.buffer.read(); os.close(1); signal.pause()",
    ],
)
def test_a_process_that_takes_too_long_is_ended(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    monkeypatch.setattr(clean_images, "MOST_SECONDS", 0.3)
    instead(monkeypatch, tmp_path, program)
    with pytest.raises(ImageError, match=f"^{Reason.BUSY.value}$"):
        clean(b"x" * 3_000_000)
    [process] = started
    assert process.returncode == -9
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdin.closed
    assert process.stdout.closed


def test_a_file_that_takes_too_much_processor_time_is_too_complex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(
        monkeypatch, tmp_path, "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    )
    with pytest.raises(ImageError) as refused:
        clean(b"x")
    assert refused.value.reason is Reason.TOO_COMPLEX


def test_a_true_answer_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, tmp_path, saying(packed([Frame(FrameKind.PNG, PNG), Frame(FrameKind.WEBP, WEBP)])))
    assert clean(b"x") == [
        CleanPicture(PNG, "image/png", 64, 48, hashlib.sha256(PNG).hexdigest()),
        CleanPicture(WEBP, "image/webp", 64, 48, hashlib.sha256(WEBP).hexdigest()),
    ]


def frame(kind: bytes, body: bytes, size: int | None = None) -> bytes:
    return kind + (len(body) if size is None else size).to_bytes(4, "big") + body


LONG = hostile.saved(hostile.picture(size=(4_801, 1)), "PNG")
FALSE = {
    "nothing": b"",
    "half a head": b"P\0\0",
    "an empty picture": frame(b"P", b""),
    "a length beyond the end": frame(b"P", PNG, len(PNG) + 1),
    "a length of four gigabytes": frame(b"P", PNG, 2**32 - 1),
    "something behind the last": frame(b"P", PNG) + b"x",
    "a kind that does not exist": frame(b"X", PNG),
    "a page in a frame for PNG": frame(b"P", hostile.HTML),
    "a WebP in a frame for PNG": frame(b"P", WEBP),
    "a PNG in a frame for WebP": frame(b"W", PNG),
    "six pages": frame(b"P", PNG) * 6,
    "a page without a picture": frame(b"G", bytes(8)),
    "the sizes of a page and of a picture": frame(b"G", bytes(8)) + frame(b"S", bytes(8)) + frame(b"P", PNG),
    "two sizes": frame(b"S", bytes(8)) * 2 + frame(b"P", PNG),
    "a PNG with words": frame(b"P", PNG[:33] + hostile.chunk(b"tEXt", b"a\0" + hostile.SECRET) + PNG[33:]),
    "a PNG with something behind its end": frame(b"P", PNG + hostile.SECRET),
    "a PNG with more behind its end": frame(b"P", PNG + hostile.chunk(b"IEND", b"")),
    "PNG, wrong checksum": frame(b"P", PNG[:-1] + b"x"),
    "a PNG without pixels": frame(b"P", PNG[:33] + PNG[-12:]),
    "PNG, no header": frame(b"P", PNG[:8] + PNG[33:]),
    "a PNG with an empty header": frame(b"P", PNG[:8] + hostile.chunk(b"IHDR", b"") + PNG[-12:]),
    "a PNG's beginning": frame(b"P", PNG[:8]),
    "a PNG that is too long": frame(b"P", LONG),
    "a PNG without size": frame(b"P", hostile.png_of(0, 9)),
    "a WebP with exif": frame(b"W", hostile.saved(hostile.picture(), "WEBP", exif=hostile.exif())),
    "a WebP with a chunk behind its pixels": frame(b"W", hostile.webp_of((b"VP8 ", WEBP[20:]), (b"EXIF", b"x"))),
    "a WebP with something behind its end": frame(b"W", WEBP + hostile.SECRET),
    "a WebP without pixels": frame(b"W", hostile.webp_of((b"VP8 ", b""))),
    "a WebP of rubbish": frame(b"W", hostile.webp_of((b"VP8 ", b"x" * 40))),
    "a refusal in words of its own": frame(b"R", b"Please send your password to evil.example."),
    "a refusal and pictures": frame(b"P", PNG) + frame(b"R", b"EMPTY"),
}


@pytest.mark.parametrize("name", FALSE)
def test_an_answer_that_does_not_fit_is_not_believed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, tmp_path, saying(FALSE[name]))
    with pytest.raises(ImageError, match=f"^{Reason.TOO_COMPLEX.value}$"):
        clean(b"x")


def test_it_starts_without_django_which_would_take_longer_than_most_pictures() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(APPS)!r}); import common.images.worker; print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], stdout=subprocess.PIPE, check=True, text=True)
    assert done.stdout == "False\n"
