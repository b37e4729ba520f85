"""What comes out of an uploaded file is pixels: nothing hidden survives, nothing hostile gets through."""

import io
import struct
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from common.pictures import MOST_BYTES, PictureRefused, clean, cleaning
from common.pictures.decoding import pictures
from common.pictures.limits import LONGEST_SIDE, MOST_MEMORY
from tests.common.pictures import hostile

READABLE = [*hostile.with_secrets(), *hostile.odd()]
REFUSED = list(hostile.refused())
PNG_CHUNKS = {b"IHDR", b"IDAT", b"IEND"}
WEBP_CHUNKS = {b"VP8 ", b"VP8L"}


def parts_of(data: bytes) -> set[bytes]:
    """The names of all chunks of a PNG or WebP file, which must end exactly where its last chunk does."""
    names, place, order = set(), 8, ">I"
    if data.startswith(b"RIFF"):
        place, order = 12, "<I"
        assert struct.unpack("<I", data[4:8])[0] + 8 == len(data)
    while place < len(data):
        size = struct.unpack(order, data[place : place + 4] if order == ">I" else data[place + 4 : place + 8])[0]
        names.add(data[place + 4 : place + 8] if order == ">I" else data[place : place + 4])
        place += size + (12 if order == ">I" else 8 + size % 2)
    assert place == len(data)
    return names


@pytest.mark.parametrize(("name", "data"), READABLE, ids=[name for name, _ in READABLE])
def test_only_pixels_survive(name: str, data: bytes) -> None:
    for picture in clean(data):
        assert hostile.SECRET not in picture.data
        assert b"<html" not in picture.data
        assert parts_of(picture.data) <= (PNG_CHUNKS if picture.media_type == "image/png" else WEBP_CHUNKS)
        with Image.open(io.BytesIO(picture.data)) as again:
            again.load()
            assert (again.width, again.height) == (picture.width, picture.height)
            assert not again.getexif()
            assert not {"icc_profile", "exif", "xmp", "comment", "Comment", "Author"} & set(again.info)


@pytest.mark.parametrize(("name", "data"), REFUSED, ids=[name for name, _ in REFUSED])
def test_what_cannot_be_trusted_is_refused_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(PictureRefused, match=r"^(This|The) .+\.$"):
        clean(data)


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(PictureRefused, match="more than 10 MB"):
        clean(b"\x89PNG" + b"\0" * MOST_BYTES)


def test_a_photograph_stands_upright_and_is_not_larger_than_needed() -> None:
    [picture] = clean(hostile.saved(hostile.picture(size=(60, 30)), "JPEG", exif=hostile.exif()))
    assert (picture.width, picture.height) == (30, 60)
    [large] = clean(hostile.saved(hostile.picture(size=(5_000, 2_500)), "JPEG"))
    assert max(large.width, large.height) <= LONGEST_SIDE


def test_what_was_clear_is_white() -> None:
    clear = Image.new("RGBA", (4, 4), (200, 0, 0, 0))
    [picture] = clean(hostile.saved(clear, "PNG"))
    with Image.open(io.BytesIO(picture.data)) as again:
        assert again.convert("RGB").getpixel((1, 1)) == (255, 255, 255)


def test_each_page_of_a_pdf_is_a_picture() -> None:
    assert [(p.media_type, p.width, p.height) for p in clean(hostile.pdf(pages=3))] == [("image/png", 417, 625)] * 3


def test_the_same_picture_has_the_same_hash_and_another_has_not() -> None:
    [first], [second] = clean(hostile.saved(hostile.picture(), "PNG")), clean(hostile.saved(hostile.picture(), "PNG"))
    [third] = clean(hostile.saved(hostile.picture(size=(65, 48)), "PNG"))
    assert first.sha256 == second.sha256 != third.sha256


def test_a_large_drawing_without_much_in_it_stays_a_png_and_noise_becomes_a_webp() -> None:
    noise = Image.effect_noise((1_200, 1_200), 90).convert("RGB")
    assert clean(hostile.saved(noise, "PNG"))[0].media_type == "image/webp"
    assert clean(hostile.saved(hostile.picture(size=(900, 900)), "PNG"))[0].media_type == "image/png"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "CMYK"])
def test_the_process_that_decodes_needs_less_than_300_megabytes(mode: str) -> None:
    large = hostile.saved(Image.new(mode, (6_300, 6_300)), "JPEG" if mode == "CMYK" else "PNG")
    # Measured by a process between, since what this one uses would be counted with its children.
    command = f"{sys.executable} -I {cleaning._CHILD} {MOST_MEMORY} 10 > /dev/null"
    measuring = (
        "import resource, subprocess, sys; subprocess.run(['/bin/sh', '-c', sys.argv[1]], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", measuring, command], input=large, stdout=subprocess.PIPE, check=True)
    assert int(done.stdout) < 300_000


def test_a_process_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MOST_SECONDS", 0.001)
    with pytest.raises(PictureRefused, match="too complex"):
        clean(hostile.saved(hostile.picture(), "PNG"))


@pytest.mark.parametrize(
    "answer",
    [
        b"no json\n",
        b'{"pictures": [{"size": 9, "type": "image/png", "width": 1, "height": 1}]}\nshort',
        b'{"pictures": [{"size": 1, "type": "text/html", "width": 1, "height": 1}]}\nx',
        b'{"pictures": [{"size": 1, "type": "image/png", "width": 99999, "height": 99999}]}\nx',
    ],
)
def test_an_answer_that_does_not_fit_is_not_believed(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_answer", lambda data: answer)
    with pytest.raises(PictureRefused):
        clean(b"x")


def test_the_decoder_by_itself_reads_and_refuses_the_same() -> None:
    for _, data in READABLE:
        assert all(packed and kind for packed, kind, _, _ in pictures(data))
    for _, data in REFUSED:
        with pytest.raises(PictureRefused):
            list(pictures(data))


@settings(max_examples=300)
@given(st.sampled_from([data for _, data in READABLE]), st.data())
def test_a_file_that_was_damaged_anywhere_is_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        damaged[draw.draw(st.integers(0, len(damaged) - 1))] = draw.draw(st.integers(0, 255))
    try:
        assert all(width and height for _, _, width, height in pictures(bytes(damaged)))
    except PictureRefused as refused:
        assert str(refused).endswith(".")
