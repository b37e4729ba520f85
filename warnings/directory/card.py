"""Draw the preview image for links to a tool: its name, its grade and what the grade means."""

import io
import textwrap

from PIL import Image, ImageDraw, ImageFont

from directory.verdict import grade_words

# The size recommended for link previews (https://ogp.me), about twice as wide as high.
SIZE = (1200, 630)
_PAPER, _INK, _MUTED, _ACCENT, _WHITE = "#fbfaf6", "#1d2328", "#545c64", "#0b5567", "#ffffff"
_GRADE_COLOURS = {"A": "#1a6b3c", "B": "#4c6a10", "C": "#855800", "D": "#b03d0b", "E": "#96182b", "": "#565e68"}
_MARGIN = 80
_LONGEST_LINE = 46
_MOST_LINES = 3


def draw_card(name: str, grade: str, verdict: str, *, site_name: str) -> bytes:
    """Return a PNG of SIZE for a tool; `grade` is a letter or empty, `verdict` what it means.

    Contains no user content.
    """
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 18), fill=_ACCENT)
    draw.rounded_rectangle((_MARGIN, 150, _MARGIN + 200, 350), radius=32, fill=_GRADE_COLOURS[grade])
    draw.text((_MARGIN + 100, 250), grade or "?", font=_font(150), fill=_WHITE, anchor="mm")
    draw.text((_MARGIN, 75), site_name, font=_font(38), fill=_ACCENT)
    left = _MARGIN + 250
    draw.text((left, 160), name, font=_fitting(draw, name, SIZE[0] - left - _MARGIN), fill=_INK)
    draw.text((left, 275), grade_words(grade), font=_font(52), fill=_GRADE_COLOURS[grade])
    lines = textwrap.wrap(verdict, _LONGEST_LINE, max_lines=_MOST_LINES, placeholder=" …")
    draw.multiline_text((_MARGIN, 420), "\n".join(lines), font=_font(38), fill=_MUTED, spacing=14)
    packed = io.BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font bundled with Pillow, so that the image is the same on every machine."""
    return ImageFont.load_default(size)


def _fitting(draw: ImageDraw.ImageDraw, text: str, width: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the largest of a few font sizes at which `text` fits into `width` pixels."""
    fonts = [_font(size) for size in (84, 64, 48, 36)]
    return next((font for font in fonts if draw.textlength(text, font) <= width), fonts[-1])
