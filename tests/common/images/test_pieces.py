"""Long screenshots can be read: they are cut into pieces instead of being made small."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from common.images.clean import clean
from common.images.errors import ImageError, Reason
from common.images.frames import Frame, FrameKind, size_in
from common.images.limits import LONGEST_PIECE, LONGEST_SIDE, MOST_KEPT_PIXELS, MOST_PAGES
from common.images.pieces import NARROWEST, OVERLAP, Plan, plan
from tests.common.images import hostile, hostile_pdf

SIDES = st.integers(1, 50_000)


@given(SIDES, SIDES)
def test_no_piece_is_too_large_and_none_is_missing(width: int, height: int) -> None:
    planned = plan(width, height)
    boxes = planned.boxes(*planned.size)
    assert 1 <= len(boxes) == planned.pieces <= MOST_PAGES
    for left, top, right, bottom in boxes:
        sides = right - left, bottom - top
        assert 0 < sides[0] * sides[1] <= MOST_KEPT_PIXELS
        assert 0 < max(sides) <= LONGEST_PIECE
        # A piece that is cleaned again, for example when a moderator covers a part, stays what it is.
        assert plan(*sides) == Plan(*sides)
    assert boxes[0][:2] == (0, 0)
    assert boxes[-1][2:] == planned.size
    for before, after in itertools.pairwise(boxes):
        assert max(before[2] - after[0], before[3] - after[1]) >= OVERLAP


@pytest.mark.parametrize(
    ("size", "width", "pieces"),
    [
        ((1_290, 16_776), 1_290, 4),
        ((1_290, 14_000), 1_290, 4),
        ((1_080, 2_400), 1_080, 1),
        ((1_179, 2_556), 1_179, 1),
        ((750, 30_000), 594, 5),
        ((4_032, 3_024), 2_400, 1),
        ((2_400, 2_400), 2_400, 1),
        ((320, 480), 320, 1),
        ((1, 40_000_000), 1, 5),
        ((2_880, 7_000), 1_440, 1),
        ((2_560, 6_400), 1_440, 1),
        ((2_560, 6_401), 1_440, 1),
        ((2_880, 30_000), 1_440, 4),
        ((3_840, 2_160), 2_560, 1),
    ],
)
def test_the_short_side_stays_readable(size: tuple[int, int], width: int, pieces: int) -> None:
    assert (plan(*size).width, plan(*size).pieces) == (width, pieces)
    turned = plan(*reversed(size))
    assert (turned.height, turned.pieces) == (plan(*size).width, pieces)


@given(st.integers(1, 6_000), st.integers(1, 40_000))
def test_nothing_comes_out_too_narrow_to_be_read(width: int, height: int) -> None:
    """Unless all pieces together are not enough, of which people are told."""
    planned, short = plan(width, height), min(width, height)
    assert min(planned.size) >= min(short, NARROWEST) or planned.pieces == MOST_PAGES


@given(st.integers(600, 6_000), st.integers(600, 15_000))
def test_one_pixel_more_never_makes_a_picture_much_smaller(width: int, height: int) -> None:
    one, other = plan(width, height), plan(width, height + 1)
    assert abs(min(one.size) - min(other.size)) <= 3


@pytest.mark.parametrize(
    ("pages", "widths", "is_told"),
    [
        ([(1_290, 16_000)], [1_440] * 5, True),
        ([(595, 842)], [1_240], False),
        ([(842, 1_191)] * 2, [1_755] * 2, False),
        ([(595, 842), (640, 6_000)], [1_240, *[1_334] * 3], True),
        ([(1_440, 3_500)], [1_440], True),
        ([(640, 6_000)] * 4, None, True),
    ],
)
def test_the_pages_of_a_pdf_are_cut_as_pictures_are(
    pages: list[tuple[int, int]], widths: list[int] | None, is_told: bool
) -> None:
    pictures = clean(hostile_pdf.blank(pages))
    assert widths is None or [picture.width for picture in pictures] == widths
    assert {(picture.original is not None, picture.is_page) for picture in pictures} == {(is_told, is_told)}
    assert len(pictures) <= MOST_PAGES


def long_screenshot(form: str, size: tuple[int, int] = (640, 9_000)) -> bytes:
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for top in range(0, size[1], 500):
        draw.rectangle((10, top, size[0] - 10, top + 250), fill=(top * 255 // size[1], 90, 30))
    return hostile.saved(picture, form)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_long_screenshot_becomes_several_pictures(form: str) -> None:
    pictures = clean(long_screenshot(form))
    assert [(one.width, one.original) for one in pictures] == [(640, (640, 9_000))] * 2
    assert sum(one.height for one in pictures) == 9_000 + OVERLAP


def test_the_webp_of_a_phone_is_taken() -> None:
    # It takes seconds: 18 million pixels.
    assert len(clean(hostile.saved(Image.new("RGB", (1_290, 14_000), "white"), "WEBP", method=0))) == 4


def test_a_photograph_is_made_smaller_and_says_so() -> None:
    [photograph] = clean(hostile.saved(Image.new("RGB", (4_000, 3_000), "white"), "JPEG"))
    assert (photograph.width, photograph.height, photograph.original) == (LONGEST_SIDE, 1_800, (4_000, 3_000))


FTYP = b"\0\0\0\x18ftyp%b\0\0\0\0%b%b"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FTYP % (b"heic", b"mif1", b"heic"), Reason.HEIC),
        (FTYP % (b"mif1", b"heic", b"mif1"), Reason.HEIC),
        (FTYP % (b"avif", b"mif1", b"avif"), Reason.AVIF),
        (FTYP % (b"mif1", b"avif", b"mif1"), Reason.AVIF),
        (FTYP % (b"isom", b"iso2", b"mp41"), Reason.VIDEO),
        (b"GIF89a" + b"\0" * 20, Reason.GIF),
        (b"BM" + b"\0" * 20, Reason.NOT_TAKEN),
        (b"\0\0\0\x18ftyp", Reason.VIDEO),
        (b"", Reason.EMPTY),
    ],
)
def test_what_cannot_be_read_has_a_way_out(data: bytes, reason: Reason) -> None:
    with pytest.raises(ImageError) as caught:
        clean(data)
    assert caught.value.reason is reason


@pytest.mark.parametrize("keyword", ["Comment", "XML:com.adobe.xmp", "Raw profile type xmp"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_png_with_a_long_text_is_a_picture(keyword: str, packed: bool) -> None:
    [picture] = clean(hostile.png_with_text(keyword, "x" * 3_000_000, packed=packed))
    assert (picture.width, picture.height) == (64, 48)


@pytest.mark.parametrize("body", [b"", b"\0" * 7, b"\0" * 9])
def test_a_size_that_is_none_is_not_believed(body: bytes) -> None:
    with pytest.raises(ValueError, match="size"):
        size_in(Frame(FrameKind.SIZE, body))
