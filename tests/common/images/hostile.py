"""Hostile pictures, made on the spot: places to hide things in, and ways to keep a decoder busy."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from PIL import Image, PngImagePlugin

from tests.common.images import hostile_pdf

SECRET = hostile_pdf.SECRET
HTML = b"<html><script>alert(1)</script>"
PNG_BEGINNING = b"\x89PNG\r\n\x1a\n"
ARCHIVE = b"PK\x03\x04" + b"\0" * 26 + SECRET + b"PK\x05\x06" + b"\0" * 18


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
    width: int,
    height: int,
    *,
    depth: int = 8,
    colour: int = 2,
    rows: bytes = b"",
    interlace: int = 0,
    more: bytes = b"",
) -> bytes:
    """A PNG whose header says what it likes, with more chunks before its pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))
    return PNG_BEGINNING + header + more + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def segment(number: int, data: bytes) -> bytes:
    """One segment of a JPEG file, by the second byte of its marker."""
    return bytes([0xFF, number]) + struct.pack(">H", len(data) + 2) + data


def with_segment(jpeg: bytes, number: int, data: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    return jpeg[:2] + segment(number, data) + jpeg[2:]


def webp_of(*chunks: tuple[bytes, bytes], size: int | None = None) -> bytes:
    """A WebP of these chunks, which may lie about its size."""
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4 if size is None else size) + b"WEBP" + body


def canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    """The chunk of a WebP that tells the size of its canvas."""
    return b"VP8X", bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def exif(orientation: int = 6) -> Image.Exif:
    """Where, with what and by whom a photograph was taken, and how the camera was held."""
    data = Image.Exif()
    data[0x010E] = data[0x013B] = data[0x8298] = SECRET.decode()
    data[0x0112] = orientation
    data.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + SECRET
    return data


def place() -> Image.Exif:
    """Where a photograph was taken."""
    data = Image.Exif()
    # Pillow leaves EXIF out that has nothing but a place.
    data[0x0112] = 1
    position = data.get_ifd(0x8825)
    position[1], position[3] = "N", "E"
    position[2] = position[4] = (52.0, 31.0, 12.5)
    position[0x1D] = position[0x1B] = SECRET.decode()
    return data


def png_with_text(keyword: str, text: str, *, packed: bool) -> bytes:
    """A PNG with a long text before its pixels."""
    name = keyword.encode()
    body = name + b"\0\0" + zlib.compress(text.encode()) if packed else name + b"\0" + text.encode()
    return png_of(64, 48, rows=b"\0" * 193 * 48, more=chunk(b"zTXt" if packed else b"tEXt", body))


def with_secrets() -> Iterator[tuple[str, bytes]]:
    """Files that can be read, each with the secret somewhere in it."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    icc = b"\0" * 128 + b"desc" + SECRET
    for form in ("PNG", "JPEG", "WEBP"):
        plain = saved(picture(), form)
        yield f"{form} with exif", saved(picture(), form, exif=exif())
        yield f"{form} with the place where it was taken", saved(picture(), form, exif=place())
        yield f"{form} with a colour profile", saved(picture(), form, icc_profile=icc)
        yield f"{form} with a page behind it", plain + SECRET + HTML
        yield f"{form} with an archive behind it", plain + ARCHIVE
        yield f"{form} with a program behind it", plain + b"MZ" + SECRET
        yield f"{form} with a pdf behind it", plain + hostile_pdf.titled()
    for form in ("JPEG", "WEBP"):
        yield f"{form} with xmp", saved(picture(), form, xmp=xmp)
    yield from _png_with_secrets()
    yield from _jpeg_with_secrets(xmp)
    pixels = saved(picture(), "WEBP")[20:]
    yield "WEBP with unknown chunks", webp_of((b"VP8 ", pixels), (b"seCr", SECRET))
    frames = [picture(), Image.new("RGB", (64, 48), "red")]
    yield "WEBP that is animated", saved(frames[0], "WEBP", save_all=True, append_images=frames, exif=exif(1))
    yield from hostile_pdf.with_secrets()


def _png_with_secrets() -> Iterator[tuple[str, bytes]]:
    row = b"\0" + b"\x30" * 192
    for name, body in {
        b"tEXt": b"Author\0" + SECRET,
        b"zTXt": b"Comment\0\0" + zlib.compress(SECRET),
        b"iTXt": b"Title\0\0\0en\0\0" + SECRET,
        b"eXIf": exif().tobytes(),
        b"seCr": SECRET,
        b"caBX": SECRET,
        b"sPLT": SECRET[:8] + b"\0\x08" + SECRET[:6],
    }.items():
        yield (
            f"PNG with {name.decode()}",
            png_of(64, 48, rows=row * 48, more=chunk(name, body) + chunk(b"skIp", SECRET)),
        )
    broken = chunk(b"tEXt", b"Raw profile type exif\0\nexif\n9\n" + SECRET)
    yield "PNG with broken exif", png_of(64, 48, rows=row * 48, more=broken)
    xmp = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET)
    yield "PNG with xmp", png_of(64, 48, rows=row * 48, more=xmp)
    yield "PNG with more pixels than it needs", png_of(64, 48, rows=row * 48 + SECRET * 50)
    frames = [picture(), Image.new("RGB", (64, 48), "red")]
    yield "PNG that is animated", saved(frames[0], "PNG", save_all=True, append_images=frames) + SECRET


def _jpeg_with_secrets(xmp: bytes) -> Iterator[tuple[str, bytes]]:
    jpeg = saved(picture(), "JPEG")
    yield "JPEG with a comment", saved(picture(), "JPEG", comment=SECRET)
    yield "JPEG with html in a comment", saved(picture(), "JPEG", comment=HTML + SECRET)
    yield "JPEG with an archive in a comment", saved(picture(), "JPEG", comment=ARCHIVE)
    yield "JPEG with a resource of an editor", with_segment(jpeg, 0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0" + SECRET)
    thumbnail = saved(picture(size=(8, 8)), "JPEG", comment=SECRET)
    yield "JPEG with a picture inside", with_segment(jpeg, 0xE0, b"JFXX\0\x10" + thumbnail)
    small = exif(1)
    small[0x0201], small[0x0202] = 0, len(thumbnail)
    yield (
        "JPEG with a small picture in its exif",
        with_segment(jpeg, 0xE1, b"Exif\0\0" + small.tobytes()[6:] + thumbnail),
    )
    yield "JPEG with a longer xmp", with_segment(jpeg, 0xE1, b"http://ns.adobe.com/xmp/extension/\0" + xmp)
    yield "JPEG with two pictures", saved(picture(), "MPO", save_all=True, append_images=[picture()]) + SECRET
    yield "JPEG with a segment of nobody's", with_segment(jpeg, 0xEB, SECRET)
    yield "JPEG with broken exif", with_segment(jpeg, 0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff" + SECRET)


def odd() -> Iterator[tuple[str, bytes]]:
    """Files that can be read, in forms that are seldom seen."""
    for mode in ("1", "L", "RGBA"):
        yield f"PNG in {mode}", saved(picture(mode), "PNG")
    for mode in ("LA", "P"):
        yield f"PNG in {mode}", saved(picture("RGBA").convert(mode), "PNG")
    yield "PNG in sixteen bits of grey", saved(picture("I;16"), "PNG")
    yield "PNG in sixteen bits of colour", png_of(9, 9, depth=16, rows=(b"\0" + b"\x80\x01" * 27) * 9)
    yield (
        "PNG in sixteen bits of grey with some clear",
        png_of(9, 9, depth=16, colour=4, rows=(b"\0" + b"\x80\x01" * 18) * 9),
    )
    yield "PNG with interlacing", png_of(8, 8, rows=_in_passes(), interlace=1)
    yield "JPEG in CMYK", saved(picture("CMYK"), "JPEG")
    yield "JPEG in grey, in steps", saved(picture("L"), "JPEG", progressive=True)
    yield "WEBP without loss", saved(picture("RGBA"), "WEBP", lossless=True)
    yield "PNG of one pixel", saved(picture(size=(1, 1)), "PNG")
    yield "PNG in a palette with one colour clear", saved(picture("P"), "PNG", transparency=0)
    yield "PNG in grey with one shade clear", saved(picture("L"), "PNG", transparency=0)
    yield "PNG of one row of 4 million", saved(Image.new("L", (4_000_000, 1), 90), "PNG")
    yield "PNG of one column of 1 million", saved(Image.new("1", (1, 1_000_000)), "PNG")
    yield from hostile_pdf.odd()
    # Texts are left out before the picture is decoded, however long they are.
    for name, body in {b"zTXt": b"bomb\0\0", b"iCCP": b"bomb\0\0", b"iTXt": b"bomb\0\1\0\0\0"}.items():
        bomb = chunk(name, body + zlib.compress(b"a" * 50_000_000, 9))
        yield f"PNG with a bomb in {name.decode()}", png_of(64, 48, rows=b"\0" * 193 * 48, more=bomb)
    text = PngImagePlugin.PngInfo()
    for number in range(4):
        text.add_text(f"bomb {number}", "a" * 900_000, zip=True)
    yield "PNG with several smaller bombs", saved(picture(), "PNG", pnginfo=text)


def troublesome() -> Iterator[tuple[str, bytes]]:
    """Files that keep a decoder busy or bring it down, so that either answer is right."""
    yield "JPEG of many passes", _many_passes(50)
    yield (
        "PNG of 6,000 by 6,000 with interlacing",
        png_of(6_000, 6_000, colour=0, rows=b"\0" * 68_000_000, interlace=1),
    )
    yield "WEBP that lies about its length", webp_of((b"VP8 ", saved(picture(), "WEBP")[20:]), size=2**32 - 2)
    yield (
        "WEBP with a canvas larger than its picture",
        webp_of(canvas(600, 600), (b"VP8 ", saved(picture(), "WEBP")[20:])),
    )
    for form in ("PNG", "JPEG", "WEBP"):
        file = saved(picture(size=(160, 120)), form, exif=exif())
        for tenth in range(1, 10):
            place = len(file) * tenth // 10
            yield (
                f"{form} with a wrong byte at {tenth} of 10",
                file[:place] + bytes([file[place] ^ 0x5A]) + file[place + 1 :],
            )
    whole = hostile_pdf.titled()
    for share in (0.3, 0.6, 0.9):
        yield f"the first {share:.0%} of a PDF", whole[: int(len(whole) * share)]
    yield from hostile_pdf.troublesome()


def _in_passes() -> bytes:
    """The rows of an interlaced picture of 8 by 8, pass by pass."""
    passes = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    return b"".join((b"\0" + b"\x40" * 3 * width) * height for width, height in passes)


def _many_passes(times: int) -> bytes:
    """A JPEG in steps whose last step is there again and again."""
    jpeg = saved(picture("L", (2_000, 2_000)), "JPEG", progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * times + b"\xff\xd9"


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that must be refused."""
    yield from _other_kinds()
    yield from bombs()
    whole = saved(picture(), "PNG")
    yield "PNG of a wrong checksum", whole[:40] + bytes([whole[40] ^ 0xFF]) + whole[41:]
    yield "PNG without pixels", PNG_BEGINNING + whole[8:33] + chunk(b"IEND", b"")
    yield "PNG without a palette", png_of(4, 4, colour=3, rows=b"\0" * 20)[:-30]
    yield "PNG of a colour that does not exist", png_of(4, 4, colour=5, rows=b"\0" * 80)
    yield "PNG with a chunk of four gigabytes", whole[:33] + b"\xff\xff\xff\xfftEXt" + whole[33:]
    for form in ("PNG", "JPEG", "WEBP"):
        file = saved(picture(), form)
        for share in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9):
            yield f"the first {share:.0%} of a {form}", file[: int(len(file) * share)]
    yield "WEBP of other chunks only", webp_of((b"ALPH", b"\0" * 40), (b"EXIF", SECRET))
    yield "WEBP with a canvas and no picture", webp_of(canvas(64, 48))
    yield "JPEG without pixels", b"\xff\xd8" + segment(0xFE, SECRET) + b"\xff\xd9"
    yield (
        "JPEG without size",
        b"\xff\xd8" + segment(0xC0, struct.pack(">BHHB", 8, 0, 0, 1) + b"\1\x11\0") + b"\xff\xd9",
    )
    yield from hostile_pdf.refused()


def _other_kinds() -> Iterator[tuple[str, bytes]]:
    yield "nothing", b""
    yield "text", b"hello"
    yield "html", HTML
    yield "SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "SVG with a declaration", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    yield "GIF", saved(picture("P"), "GIF")
    yield "GIF with an archive behind it", saved(picture("P"), "GIF") + ARCHIVE
    for form in ("TIFF", "BMP", "ICO", "PPM", "TGA", "JPEG2000"):
        yield form, saved(picture(), form)
    yield "archive", ARCHIVE
    yield "HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 100
    yield "AVIF", b"\0\0\0\x18ftypavif" + b"\0" * 100
    yield "script of PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"
    yield "GIF with a PNG's beginning", PNG_BEGINNING + saved(picture("P"), "GIF")
    yield "GIF with a JPEG's beginning", b"\xff\xd8\xff" + saved(picture("P"), "GIF")
    yield "page with a PNG behind it", HTML + saved(picture(), "PNG")
    yield "sound in a RIFF", b"RIFF\x24\0\0\0WAVEfmt "
    yield "program", b"MZ" + b"\0" * 100


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that would become large ones."""
    yield "PNG of 50,000 by 50,000", png_of(50_000, 50_000, rows=b"\0" * 3_000_000)
    yield "PNG of one row of 41 million", png_of(41_000_000, 1, rows=b"\0" * 1_000)
    yield "PNG of two thousand million by as many", png_of(2**31 - 1, 2**31 - 1)
    yield "PNG without size", png_of(0, 0)
    yield "PNG without height", png_of(64, 0)
    yield "PNG that lies about its rows", png_of(2_000, 2_000, rows=b"\0" * 50)
    yield "PNG of 30,000 by 30,000 with interlacing", png_of(30_000, 30_000, rows=b"\0" * 1_000_000, interlace=1)
    frame = struct.pack(">BHHB", 8, 65_000, 65_000, 1) + b"\1\x11\0"
    jpeg = saved(picture("L"), "JPEG")
    start = jpeg.index(b"\xff\xc0")
    yield "JPEG of 65,000 by 65,000", jpeg[:start] + segment(0xC0, frame) + jpeg[start + 13 :]
    pixels = saved(picture(), "WEBP")[20:]
    yield "WEBP with a canvas of 16,000 by 16,000", webp_of(canvas(16_000, 16_000), (b"VP8 ", pixels))
    yield "WEBP with a canvas of 16 million by 16 million", webp_of(canvas(2**24, 2**24), (b"VP8 ", pixels))
    large = b"\x2f" + (16_382 | 16_382 << 14).to_bytes(4, "little") + b"\0" * 200
    yield "WEBP without loss of 16,383 by 16,383", webp_of((b"VP8L", large))
    yield "WEBP with a frame of 16,383 by 16,383", webp_of((b"VP8 ", pixels[:6] + b"\xff\x3f\xff\x3f" + pixels[10:]))


def pdf(*, pages: int = 1) -> bytes:
    """A PDF with the secret as its title."""
    return hostile_pdf.titled(pages=pages)
