"""Pictures of any colours made plain: red, green and blue, on white, no larger than needed."""

from PIL import Image

from common.pictures.limits import LONGEST_SIDE

# Side of the squares that the result is made of, in pixels of the result: what a step needs is small, however
# large the whole is.
_TILE = 256


def flattened(picture: Image.Image) -> Image.Image:
    """A new RGB picture of at most LONGEST_SIDE, from a loaded one of any mode and size. What was clear is white.

    Colour profiles are not applied: their parsers are one more thing to attack, and evidence is read, not printed.
    """
    width, height = picture.size
    # First by a whole number, which takes no memory to speak of, then smoothly.
    factor = max(1, max(width, height) // LONGEST_SIDE)
    flat = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    step = factor * _TILE
    for top in range(0, height, step):
        for left in range(0, width, step):
            tile = _on_white(picture.crop((left, top, min(width, left + step), min(height, top + step))))
            flat.paste(tile.reduce(factor), (left // factor, top // factor))
    flat.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return flat


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "F" or picture.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what can be seen.
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), clear).convert("RGB")
    return picture.convert("RGB")
