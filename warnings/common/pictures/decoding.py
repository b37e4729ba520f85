"""From a file of a stranger's to pixels, and from pixels to a new file. Runs in a process of its own only."""

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

from common.pictures.limits import LARGEST_PNG, LONGEST_SIDE, MOST_PAGES, MOST_PIXELS, PictureRefused

# The content decides what a file is, never its name.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"RIFF", "WEBP"),
    (b"%PDF-", "PDF"),
)
_NOT_TAKEN = "This is not a PNG, JPEG or WebP picture, or a PDF."
_DAMAGED = "The file is damaged and cannot be read."
_TOO_MANY_PIXELS = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels."
# Points of a PDF page to pixels: about 150 to the inch.
_SCALE = 150 / 72
# Rows of a reduced picture that are made at a time.
_BAND = 256

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
PngImagePlugin.MAX_TEXT_CHUNK = 1_000_000
PngImagePlugin.MAX_TEXT_MEMORY = 2_000_000


def kind_of(data: bytes) -> str:
    """PNG, JPEG, WEBP or PDF. Raises PictureRefused for anything else."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning) and (kind != "WEBP" or data[8:12] == b"WEBP"):
            return kind
    raise PictureRefused(_NOT_TAKEN)


def pictures(data: bytes) -> Iterator[tuple[bytes, str, int, int]]:
    """Each picture of a file as new bytes, media type, width and height. Raises PictureRefused."""
    kind = kind_of(data)
    try:
        yield from (
            _encoded(picture, kind) for picture in (_pages(data) if kind == "PDF" else [_decoded(data, kind)])
        )
    except PictureRefused:
        raise
    except Image.DecompressionBombError:
        raise PictureRefused(_TOO_MANY_PIXELS) from None
    except Exception:
        # Decoders raise whatever they like at damaged files.
        raise PictureRefused(_DAMAGED) from None


def _decoded(data: bytes, kind: str) -> Image.Image:
    """The first frame, upright, in plain colours."""
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as header:
            if header.width * header.height > MOST_PIXELS:
                raise PictureRefused(_TOO_MANY_PIXELS)
            header.verify()
    except UnidentifiedImageError:
        raise PictureRefused(_DAMAGED) from None
    # The large picture is gone before the next copy is made.
    return _plain(ImageOps.exif_transpose(_first_frame(data, kind)))


def _first_frame(data: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=[kind]) as picture:
        picture.seek(0)
        # Large JPEGs are decoded at a smaller size at once.
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        return _reduced(picture)


def _reduced(picture: Image.Image) -> Image.Image:
    """The picture at the size it is needed, roughly: by a whole number."""
    if picture.mode in {"P", "1"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    factor = max(picture.size) // LONGEST_SIDE
    if factor < 2 or picture.mode.startswith("I;"):
        return picture.copy()
    small = Image.new(picture.mode, (-(-picture.width // factor), -(-picture.height // factor)))
    # Band by band: with transparency Pillow would copy the whole first.
    for top in range(0, picture.height, factor * _BAND):
        bottom = min(picture.height, top + factor * _BAND)
        small.paste(picture.crop((0, top, picture.width, bottom)).reduce(factor), (0, top // factor))
    small.info = picture.info
    return small


def _pages(data: bytes) -> Iterator[Image.Image]:
    """The pages of a PDF, drawn; nothing in it is run."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PictureRefused("The PDF needs a password.") from None
        raise PictureRefused(_DAMAGED) from None
    if not 1 <= len(document) <= MOST_PAGES:
        raise PictureRefused(f"The PDF has more than {MOST_PAGES} pages, or none.")
    for page in document:
        longest = max(page.get_size())
        scale = min(_SCALE, LONGEST_SIDE / longest) if longest > 0 else 0
        if scale <= 0:
            raise PictureRefused(_DAMAGED)
        yield _plain(page.render(scale=scale, may_draw_forms=False).to_pil())


def _plain(picture: Image.Image) -> Image.Image:
    """RGB, with what was transparent on white: 16 bits, palettes, CMYK and the rest come down to it."""
    if picture.mode.startswith("I") or picture.mode == "F":
        # 16 bits of grey: the upper eight are what can be seen.
        picture = picture.point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    return picture.convert("RGB")


def _encoded(picture: Image.Image, kind: str) -> tuple[bytes, str, int, int]:
    """A new file made of pixels only: whatever else the old one held has no way into it."""
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    clean = Image.frombytes("RGB", picture.size, picture.tobytes())
    if kind in {"PNG", "PDF"}:
        packed = _saved(clean, "PNG", optimize=True)
        if len(packed) <= LARGEST_PNG:
            return packed, "image/png", clean.width, clean.height
    return _saved(clean, "WEBP", quality=88, method=4), "image/webp", clean.width, clean.height


def _saved(picture: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()
