"""Hostile pictures, made on the spot: places to hide things in, and ways to keep a decoder busy."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image, PngImagePlugin

SECRET = b"5ecret-marker-of-a-reporter"
HTML = b"<html><script>alert(1)</script>"


def picture(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture with some structure in it."""
    return Image.radial_gradient("L").resize(size).convert(mode)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    """A picture as a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file, with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(
    width: int, height: int, *, depth: int = 8, colour: int = 2, rows: bytes = b"", interlace: int = 0
) -> bytes:
    """A PNG whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    body = zlib.compress(rows, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def exif() -> Image.Exif:
    """Where, with what and by whom a photograph was taken."""
    data = Image.Exif()
    data[0x010E] = data[0x013B] = data[0x8298] = SECRET.decode()
    data[0x0112] = 6
    data.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + SECRET
    data.get_ifd(0x8825)[1] = "N"
    data.get_ifd(0x8825)[0x1D] = SECRET.decode()
    return data


def with_secrets() -> Iterator[tuple[str, bytes]]:
    """Files that can be read, each with the secret somewhere in it."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    icc = b"\0" * 128 + SECRET
    for form in ("PNG", "JPEG", "WEBP"):
        plain = saved(picture(), form)
        yield f"{form} with exif", saved(picture(), form, exif=exif())
        yield f"{form} with a colour profile", saved(picture(), form, icc_profile=icc)
        yield f"{form} with a tail", plain + SECRET + HTML
        yield f"{form} with an archive behind it", plain + b"PK\x03\x04" + SECRET
        yield f"{form} with xmp", saved(picture(), form, xmp=xmp) if form != "PNG" else _png_with_text()
    yield "PNG with unknown chunks", _png_with_chunks()
    yield "PNG that is animated", saved(picture(), "PNG", save_all=True, append_images=[picture("RGB")] * 2) + SECRET
    yield "WEBP that is animated", saved(picture(), "WEBP", save_all=True, append_images=[picture()] * 2, exif=exif())
    jpeg = saved(picture(), "JPEG", comment=SECRET)
    yield "JPEG with a comment", jpeg
    yield "JPEG with html in a comment", saved(picture(), "JPEG", comment=HTML + SECRET)
    segment = b"\xff\xed" + struct.pack(">H", len(SECRET) + 16) + b"Photoshop 3.0\0" + SECRET
    yield "JPEG with a resource of an editor", jpeg[:2] + segment + jpeg[2:]
    thumbnail = saved(picture(size=(8, 8)), "JPEG", comment=SECRET)
    inner = b"\xff\xe0" + struct.pack(">H", len(thumbnail) + 8) + b"JFXX\0\x10" + thumbnail
    yield "JPEG with a picture inside", jpeg[:2] + inner + jpeg[2:]
    yield "PDF with a title", pdf()
    yield "PDF with a script and a tail", pdf(script=True) + SECRET


def odd() -> Iterator[tuple[str, bytes]]:
    """Files that can be read, in forms that are seldom seen."""
    for mode in ("1", "L", "LA", "P", "RGBA", "I;16"):
        image = picture("L").convert("I;16") if mode == "I;16" else picture("RGBA" if mode in {"LA", "P"} else mode)
        yield f"PNG in {mode}", saved(image.convert(mode) if mode in {"LA", "P"} else image, "PNG")
    yield "JPEG in CMYK", saved(picture("CMYK"), "JPEG")
    yield "JPEG in grey, in steps", saved(picture("L"), "JPEG", progressive=True)
    yield "WEBP without loss", saved(picture("RGBA"), "WEBP", lossless=True)
    yield "PNG of one pixel", saved(picture(size=(1, 1)), "PNG")
    yield "PNG in a palette with one colour clear", saved(picture("P"), "PNG", transparency=0)


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that must be refused."""
    whole = saved(picture(), "PNG")
    jpeg = saved(picture(), "JPEG")
    webp = saved(picture(), "WEBP")
    yield "nothing", b""
    yield "text", b"hello"
    yield "html", HTML
    yield "an SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "a GIF", saved(picture("P"), "GIF")
    yield "a TIFF", saved(picture(), "TIFF")
    yield "a BMP", saved(picture(), "BMP")
    yield "an icon", saved(picture(), "ICO")
    yield "an archive", b"PK\x03\x04" + b"\0" * 100
    yield "a HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 100
    yield "a GIF with a PNG's beginning", b"\x89PNG\r\n\x1a\n" + saved(picture("P"), "GIF")
    yield "a PDF's beginning only", b"%PDF-1.7\n"
    yield "a sound in a RIFF", b"RIFF\x24\0\0\0WAVEfmt "
    yield "a PNG bomb of 50,000 by 50,000", png_of(50_000, 50_000, rows=b"\0" * 3_000_000)
    yield "a PNG of one row of 41 million", png_of(41_000_000, 1, rows=b"\0" * 1_000)
    yield "a PNG without size", png_of(0, 0)
    yield "a PNG that lies about its rows", png_of(2_000, 2_000, rows=b"\0" * 50)
    yield "a PNG bomb with interlacing", png_of(30_000, 30_000, rows=b"\0" * 1_000_000, interlace=1)
    yield "a PNG with a wrong checksum", whole[:40] + bytes([whole[40] ^ 0xFF]) + whole[41:]
    for name, file in (("PNG", whole), ("JPEG", jpeg), ("WEBP", webp), ("PDF", pdf())):
        for share in (0.1, 0.5):
            yield f"the first {share:.0%} of a {name}", file[: int(len(file) * share)]
    yield "a PDF of six pages", pdf(pages=6)
    yield "a PDF of damaged pages", b"%PDF-1.4\n" + b"1 0 obj <</Type /Catalog>> endobj " * 50
    text = PngImagePlugin.PngInfo()
    text.add_text("bomb", "a" * 5_000_000, zip=True)
    yield "a PNG with a bomb of text", saved(picture(), "PNG", pnginfo=text)


def _png_with_text() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", SECRET.decode())
    text.add_text("Comment", SECRET.decode(), zip=True)
    text.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    return saved(picture(), "PNG", pnginfo=text)


def _png_with_chunks() -> bytes:
    plain = saved(picture(), "PNG")
    return plain[:33] + chunk(b"seCr", SECRET) + chunk(b"tIME", b"\x07\xea\x05\x0e\0\0\0") + plain[33:]


def pdf(*, pages: int = 1, script: bool = False) -> bytes:
    """A PDF with the secret as its title, perhaps with a script that would run when it is opened."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300)
    file = io.BytesIO()
    document.save(file)
    whole = file.getvalue()
    if script:
        action = b"<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert('" + SECRET + b"'))>>"
        whole = whole.replace(b"<</Type/Catalog", action, 1)
    return whole + b"\n% " + SECRET
