"""What comes out of an uploaded file is pixels: nothing hidden survives, nothing hostile gets through."""

import hashlib
import io

import pytest
from PIL import Image

from common.images.clean import CleanPicture, clean
from common.images.errors import ImageError, Reason
from common.images.limits import LONGEST_PIECE, MOST_BYTES
from tests.common.images import hostile
from tests.common.images.containers import parts_of

WITH_SECRETS = list(hostile.with_secrets())
ODD = list(hostile.odd())
TROUBLESOME = list(hostile.troublesome())
REFUSED = list(hostile.refused())
# Files in which the secret is packed, or cut into pieces.
UNREADABLE = ("zTXt", "colour profile", "more pixels", "sPLT")
SENTENCES = r"^(This|The) [A-Za-z0-9 ,.]+\.$"


def names(files: list[tuple[str, bytes]]) -> list[str]:
    return [name for name, _ in files]


def assert_only_pixels(picture: CleanPicture) -> None:
    parts = parts_of(picture.data)
    if picture.media_type == "image/png":
        assert parts == [b"IHDR", *[b"IDAT"] * (len(parts) - 2), b"IEND"]
    else:
        assert picture.media_type == "image/webp"
        assert parts == [b"VP8 "]
    with Image.open(io.BytesIO(picture.data)) as again:
        again.load()
        assert again.size == (picture.width, picture.height)
        assert max(again.size) <= LONGEST_PIECE
        assert not again.getexif()
        assert set(again.info) <= {"loop", "background", "timestamp", "duration"}  # what Pillow tells of any WebP
    assert picture.sha256 == hashlib.sha256(picture.data).hexdigest()


@pytest.mark.parametrize(("name", "data"), WITH_SECRETS, ids=names(WITH_SECRETS))
def test_only_pixels_survive(name: str, data: bytes) -> None:
    assert hostile.SECRET in data or any(words in name for words in UNREADABLE)
    pictures = clean(data)
    assert len(pictures) == 1
    for picture in pictures:
        assert_only_pixels(picture)
        for hidden in (hostile.SECRET, hostile.SECRET[:8], b"<html", b"PK\x03\x04", b"%PDF", b"Exif", b"xmpmeta"):
            assert hidden not in picture.data


def test_the_place_where_a_photo_was_taken_does_not_survive() -> None:
    with Image.open(io.BytesIO(hostile.saved(hostile.picture(), "JPEG", exif=hostile.place()))) as before:
        assert before.getexif().get_ifd(0x8825)[2] == (52.0, 31.0, 12.5)
    [picture] = clean(hostile.saved(hostile.picture(), "JPEG", exif=hostile.place()))
    with Image.open(io.BytesIO(picture.data)) as after:
        assert not after.getexif().get_ifd(0x8825)


@pytest.mark.parametrize(("name", "data"), ODD, ids=names(ODD))
def test_odd_files_are_read(name: str, data: bytes) -> None:
    for picture in clean(data):
        assert_only_pixels(picture)


@pytest.mark.parametrize(("name", "data"), TROUBLESOME, ids=names(TROUBLESOME))
def test_files_that_bring_a_decoder_down_are_cleaned_or_refused(name: str, data: bytes) -> None:
    # It takes seconds: some are made to use up the time that the decoder has.
    try:
        pictures = clean(data)
    except ImageError as refused:
        assert refused.reason in {Reason.DAMAGED, Reason.TOO_COMPLEX}
    else:
        assert len(pictures) == 1
        assert_only_pixels(pictures[0])


@pytest.mark.parametrize(("name", "data"), REFUSED, ids=names(REFUSED))
def test_what_cannot_be_trusted_is_refused_in_a_sentence(name: str, data: bytes) -> None:
    with pytest.raises(ImageError, match=SENTENCES):
        clean(data)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing", Reason.EMPTY),
        ("SVG", Reason.NOT_TAKEN),
        ("HEIC", Reason.HEIC),
        ("PNG of 50,000 by 50,000", Reason.TOO_MANY_PIXELS),
        ("PDF of six pages", Reason.TOO_MANY_PAGES),
        ("PDF with a password", Reason.NEEDS_PASSWORD),
        ("PNG of a wrong checksum", Reason.DAMAGED),
    ],
)
def test_a_person_learns_what_is_wrong(name: str, reason: Reason) -> None:
    with pytest.raises(ImageError) as refused:
        clean(dict(REFUSED)[name])
    assert (refused.value.reason, str(refused.value)) == (reason, reason.value)


def test_the_limits_stand_in_the_sentences() -> None:
    for reason, number in ((Reason.TOO_LARGE, 10), (Reason.TOO_MANY_PIXELS, 40), (Reason.TOO_MANY_PAGES, 5)):
        assert f" {number} " in reason.value


def test_there_are_many_hostile_files_and_each_has_a_name() -> None:
    every = names(WITH_SECRETS + ODD + TROUBLESOME + REFUSED)
    assert len(every) == len(set(every)) >= 200


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    with pytest.raises(ImageError, match=f"^{Reason.TOO_LARGE.value}$"):
        clean(b"\x89PNG" + b"\0" * MOST_BYTES)


def test_a_large_file_within_the_limit_goes_through_the_pipes_whole() -> None:
    small = hostile.saved(hostile.picture(), "PNG")
    [picture], [padded] = clean(small), clean(small + b"\0" * (MOST_BYTES - len(small)))
    assert picture == padded


def test_each_page_of_a_pdf_is_a_picture() -> None:
    assert [(p.media_type, p.width, p.height) for p in clean(hostile.pdf(pages=5))] == [("image/png", 417, 625)] * 5


def test_the_same_picture_has_the_same_hash_and_another_has_not() -> None:
    [first], [second] = clean(hostile.saved(hostile.picture(), "PNG")), clean(hostile.saved(hostile.picture(), "PNG"))
    [third] = clean(hostile.saved(hostile.picture(size=(65, 48)), "PNG"))
    assert first.sha256 == second.sha256 != third.sha256


def test_a_cleaned_picture_is_cleaned_to_itself() -> None:
    [once] = clean(hostile.saved(hostile.picture(), "JPEG", exif=hostile.exif()))
    assert clean(once.data) == [once]
