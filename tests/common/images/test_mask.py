"""QR codes and their like are covered, however they stand; everything else stays as it is."""

import io

import pytest
import qrcode
import zxingcpp
from PIL import Image

from common.images.clean import clean
from common.images.mask import COVER, mask_codes
from tests.common.images import hostile

LINK = "https://chat.example/add/john-smith-77"


def code(scale: int = 6) -> Image.Image:
    """A QR code with a link to somebody."""
    made = qrcode.QRCode(border=4, box_size=scale)
    made.add_data(LINK)
    picture: Image.Image = made.make_image().get_image().convert("RGB")
    return picture


def screen(*codes: Image.Image, ground: str = "white") -> Image.Image:
    """A screenshot with codes in it, one beside the other."""
    picture = Image.new("RGB", (420 * len(codes), 700), ground)
    for number, one in enumerate(codes):
        picture.paste(one, (420 * number + 60, 180))
    return picture


def read(data: bytes) -> list[str]:
    with Image.open(io.BytesIO(data)) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_the_test_can_read_what_it_hides() -> None:
    assert read(hostile.saved(screen(code()), "PNG")) == [LINK]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_code_in_a_screenshot_is_covered(form: str) -> None:
    [picture] = clean(hostile.saved(screen(code()), form))
    assert read(picture.data) == []
    with Image.open(io.BytesIO(picture.data)) as shown:
        assert all(abs(a - b) < 4 for a, b in zip(shown.convert("RGB").getpixel((200, 320)), COVER, strict=True))  # type: ignore[arg-type]


@pytest.mark.parametrize("turned", [0, 37, 90, 180, 201])
def test_however_it_stands(turned: int) -> None:
    stands = code().rotate(turned, expand=True, fillcolor="white").resize((300, 300))
    assert read(hostile.saved(mask_codes(screen(stands)), "PNG")) == []


def test_white_on_black_and_several_at_once() -> None:
    black = code().point(lambda shade: 255 - shade)
    picture = screen(black, black.resize((180, 180)), black, ground="black")
    assert read(hostile.saved(mask_codes(picture), "PNG")) == []


def test_a_code_in_a_large_photograph_is_found() -> None:
    photo = Image.effect_noise((4_000, 3_000), 40).convert("RGB")
    photo.paste(code(scale=12), (2_500, 1_200))
    [picture] = clean(hostile.saved(photo, "JPEG"))
    assert read(picture.data) == []


def test_what_holds_no_code_stays_to_the_pixel() -> None:
    picture = Image.effect_noise((700, 300), 90).convert("RGB")
    assert mask_codes(picture.copy()).tobytes() == picture.tobytes()
