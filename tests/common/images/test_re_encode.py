"""Pixels stay what a person saw: colours, the way up, and a size that can be read."""

import io
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from common.images import worker
from common.images.errors import ImageError, Reason
from common.images.formats import Kind, kind_of, png_size, webp_size
from common.images.frames import FrameKind, size_in, unpacked
from common.images.limits import LONGEST_SIDE
from common.images.re_encode import re_encode
from tests.common.images import hostile, hostile_pdf

VALID = [data for _, data in hostile.with_secrets()]
RED, WHITE = (200, 0, 0), (255, 255, 255)


def shown(data: bytes) -> Image.Image:
    """The first picture that a file becomes."""
    first = next(frame for frame in re_encode(data) if frame.kind is not FrameKind.SIZE)
    with Image.open(io.BytesIO(first.body)) as picture:
        return picture.convert("RGB")


def near(found: object, wanted: tuple[int, int, int]) -> bool:
    return isinstance(found, tuple) and all(abs(a - b) <= 3 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (hostile.saved(hostile.picture(), "PNG"), Kind.PNG),
        (hostile.saved(hostile.picture(), "JPEG"), Kind.JPEG),
        (hostile.saved(hostile.picture(), "WEBP"), Kind.WEBP),
        (hostile.pdf(), Kind.PDF),
    ],
)
def test_the_content_decides_what_a_file_is(data: bytes, kind: Kind) -> None:
    assert kind_of(data) is kind
    with pytest.raises(ImageError, match=f"^{Reason.NOT_TAKEN.value}$"):
        kind_of(b" " + data)


@pytest.mark.parametrize("orientation", range(9))
def test_a_photograph_stands_upright(orientation: int) -> None:
    photo = Image.new("RGB", (40, 20), "white")
    photo.paste(RED, (0, 0, 8, 8))
    data = hostile.saved(photo, "PNG", exif=hostile.exif(orientation))
    with Image.open(io.BytesIO(data)) as before:
        upright = ImageOps.exif_transpose(before)
    assert shown(data).tobytes() == upright.tobytes()


@pytest.mark.parametrize("clear", ["RGBA", "LA"])
def test_what_was_clear_is_white(clear: str) -> None:
    picture = Image.new("RGBA", (4, 4), (200, 0, 0, 0)).convert(clear)
    assert shown(hostile.saved(picture, "PNG")).getpixel((1, 1)) == WHITE


def test_what_was_half_clear_is_half_white() -> None:
    picture = Image.new("RGBA", (4, 4), (0, 0, 0, 128))
    assert near(shown(hostile.saved(picture, "PNG")).getpixel((1, 1)), (127, 127, 127))


def test_a_clear_colour_of_a_palette_is_white_and_the_others_keep_their_colours() -> None:
    picture = Image.new("P", (4, 4), 1)
    picture.putpalette([0, 0, 200, *RED])
    picture.putpixel((0, 0), 0)
    found = shown(hostile.saved(picture, "PNG", transparency=0))
    assert (found.getpixel((0, 0)), found.getpixel((1, 1))) == (WHITE, RED)


@pytest.mark.parametrize(("shade", "wanted"), [(0, 0), (0x80FF, 0x80), (0xFFFF, 0xFF)])
def test_sixteen_bits_of_grey_keep_their_shade(shade: int, wanted: int) -> None:
    picture = Image.new("I;16", (4, 4), shade)
    assert near(shown(hostile.saved(picture, "PNG")).getpixel((1, 1)), (wanted,) * 3)


def test_colours_for_print_become_colours_for_screens() -> None:
    picture = Image.new("CMYK", (32, 32), (0, 255, 255, 0))
    assert near(shown(hostile.saved(picture, "JPEG", quality=95)).getpixel((9, 9)), (254, 0, 0))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_of_a_picture_that_moves_the_first_frame_stays(form: str) -> None:
    frames = [Image.new("RGB", (32, 32), colour) for colour in (RED, "blue", "green")]
    data = hostile.saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100, quality=100)
    assert near(shown(data).getpixel((9, 9)), RED)


@pytest.mark.parametrize("size", [(5_000, 2_500), (2_500, 5_000), (6_000, 6_000), (2_400, 2_400)])
def test_a_picture_is_not_larger_than_needed_and_keeps_its_shape(size: tuple[int, int]) -> None:
    found = shown(hostile.saved(Image.new("RGB", size, RED), "PNG"))
    assert max(found.size) == (LONGEST_SIDE if size[0] == size[1] else 2_880)
    assert abs(found.width / found.height / (size[0] / size[1]) - 1) < 0.2 or min(found.size) == 1
    assert {found.getpixel(place) for place in ((0, 0), (found.width - 1, found.height - 1))} == {RED}


def test_a_small_picture_is_not_made_larger() -> None:
    assert shown(hostile.saved(hostile.picture(size=(90, 30)), "PNG")).size == (90, 30)


def test_every_pixel_of_a_screenshot_stays_what_it_was() -> None:
    picture = Image.effect_noise((700, 300), 90).convert("RGB")
    assert shown(hostile.saved(picture, "PNG")).tobytes() == picture.tobytes()


def test_screenshots_stay_png_and_photographs_become_webp() -> None:
    drawing, noise = hostile.picture(size=(900, 900)), Image.effect_noise((1_900, 1_900), 90).convert("RGB")
    forms = [
        (drawing, "PNG"),
        (noise, "PNG"),
        (noise.resize((900, 900)), "PNG"),
        (drawing, "JPEG"),
        (drawing, "WEBP"),
    ]
    kinds = [re_encode(hostile.saved(picture, form))[1].kind for picture, form in forms]
    assert kinds == [FrameKind.PNG, FrameKind.WEBP, FrameKind.PNG, FrameKind.WEBP, FrameKind.WEBP]
    assert re_encode(hostile.saved(hostile.picture(), "JPEG"))[1].kind is FrameKind.PNG


def test_a_pdf_shows_its_drawing() -> None:
    page = shown(hostile_pdf.one_page())
    assert page.size == (417, 625)
    assert near(page.getpixel((150, 520)), (51, 102, 204))
    assert page.getpixel((400, 20)) == WHITE


def test_a_bar_drawn_over_a_name_in_a_pdf_stays_over_it() -> None:
    look = hostile_pdf.stream(b"0 0 0 rg 0 0 100 60 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 100 60]")
    bar = b"<</Type/Annot/Subtype/Square/Rect[20 20 120 80]/F 4/AP<</N 6 0 R>>>>"
    page = shown(hostile_pdf.one_page(bar, look, page=b"/Annots[5 0 R]"))
    assert page.getpixel((150, 520)) == (0, 0, 0)


def test_a_refusal_crosses_to_the_other_process_by_name() -> None:
    [frame] = unpacked(worker.answer(b"hello"))
    assert (frame.kind, frame.body) == (FrameKind.REFUSED, b"NOT_TAKEN")
    size, frame = unpacked(worker.answer(hostile.saved(hostile.picture(), "PNG")))
    assert size_in(size) == (64, 48)
    assert frame.kind is FrameKind.PNG


def test_too_little_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> Image.Image:
        raise MemoryError

    monkeypatch.setattr("common.images.re_encode.decode", greedy)
    with pytest.raises(ImageError) as refused:
        re_encode(hostile.saved(hostile.picture(), "PNG"))
    assert refused.value.reason is Reason.TOO_COMPLEX


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_the_decoder_by_itself_reads_and_refuses_the_same() -> None:
    # It takes seconds: all odd files are decoded once more.
    for _, data in [*hostile.with_secrets(), *hostile.odd()]:
        assert re_encode(data)
    for name, data in hostile.refused():
        with pytest.raises(ImageError):
            pytest.fail(f"{name} was read: {re_encode(data)!r:.40}")


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}, {"exif": hostile.exif(1)}])
def test_the_size_in_a_header_is_the_size_of_the_picture(options: dict[str, Any]) -> None:
    assert webp_size(hostile.saved(hostile.picture(size=(321, 123)), "WEBP", **options)) == (321, 123)
    assert png_size(hostile.saved(hostile.picture(size=(321, 123)), "PNG")) == (321, 123)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_header_that_is_missing_tells_no_size(data: bytes) -> None:
    for size in (png_size, webp_size):
        with pytest.raises(ValueError, match=r"without its header|something else"):
            size(data)


def assert_read_or_refused(data: bytes) -> None:
    try:
        frames = re_encode(data)
    except ImageError as refused:
        assert isinstance(refused.reason, Reason)
    else:
        assert all(frame.body for frame in frames)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.sampled_from(VALID), st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=8)
)
def test_a_file_with_wrong_bytes_is_read_or_refused(data: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    assert_read_or_refused(bytes(damaged))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(VALID), st.integers(0, 2**20), st.integers(0, 60), st.binary(max_size=60))
def test_a_file_with_a_piece_cut_out_or_put_in_is_read_or_refused(
    data: bytes, place: int, missing: int, more: bytes
) -> None:
    place %= len(data)
    assert_read_or_refused(data[:place] + more + data[place + missing :])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\1\0\0WEBPVP8X", b"%PDF-1.4\n"]), st.binary())
@example(b"RIFF\0\0\0\0WEBP", b"")
def test_rubbish_behind_a_good_beginning_is_refused(beginning: bytes, rest: bytes) -> None:
    with pytest.raises(ImageError):
        re_encode(beginning + rest)
