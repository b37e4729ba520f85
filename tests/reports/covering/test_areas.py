"""Areas as people write them, and what covering does to pixels."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from common.images.mask import COVER, mask_areas
from common.images.re_encode import re_encode
from reports.image_areas import MOST_AREAS, AreasError, areas_in

percents = st.floats(0, 100).map(lambda number: round(number, 2))


def test_areas_are_lines_of_four_numbers() -> None:
    text = "10 20 45 30\n\n 0,0,100,100 \r\n12.5% 50% 13.25% 60.5%"
    assert areas_in(text) == [(0.1, 0.2, 0.45, 0.3), (0, 0, 1, 1), (0.125, 0.5, 0.1325, 0.605)]


@given(percents, percents, percents, percents)
def test_an_area_is_read_as_it_was_written_or_refused(left: float, top: float, right: float, bottom: float) -> None:
    line = f"{left:.2f} {top:.2f} {right:.2f} {bottom:.2f}"
    if right - left >= 0.5 and bottom - top >= 0.5:
        [area] = areas_in(line)
        assert area == tuple(edge / 100 for edge in (left, top, right, bottom))
    else:
        with pytest.raises(AreasError, match=r"\b1\b"):
            areas_in(line)


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("", "none", None),
        (" \n ", "none", None),
        ("10 20 30", "not-four-numbers", 1),
        ("10 20 30 40\nten 1 2 3", "not-four-numbers", 2),
        ("-1 0 10 10", "not-four-numbers", 1),
        ("1e2 0 10 10", "not-four-numbers", 1),
        ("0 0 101 10", "beyond", 1),
        ("50 0 20 10", "too-small", 1),
        ("10 10 10 10", "too-small", 1),
        ("0 0 9 9\n" * (MOST_AREAS + 1), "too-many", MOST_AREAS),
    ],
)
def test_what_is_no_area_is_told_with_its_line(text: str, code: str, number: int | None) -> None:
    with pytest.raises(AreasError) as caught:
        areas_in(text)
    assert caught.value.code == code
    assert number is None or re.search(r"\d+", str(caught.value))[0] == str(number)  # type: ignore[index]


edges = st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.1), st.floats(0.01, 0.1))


@given(st.integers(1, 60), st.integers(1, 60), st.lists(edges, min_size=1, max_size=4))
def test_what_is_inside_is_one_colour_and_what_is_outside_stays(
    width: int, height: int, found: list[tuple[float, float, float, float]]
) -> None:
    areas = [(left, top, left + across, top + down) for left, top, across, down in found]
    before = Image.effect_noise((width, height), 90).convert("RGB")
    after = mask_areas(before.copy(), areas)
    for y in range(height):
        for x in range(width):
            touched = any(
                left * width < x + 1 and x < right * width and top * height < y + 1 and y < bottom * height
                for left, top, right, bottom in areas
            )
            assert after.getpixel((x, y)) == (COVER if touched else before.getpixel((x, y)))


def test_a_new_file_holds_nothing_of_what_was_covered() -> None:
    picture = Image.effect_noise((200, 100), 90).convert("RGB")
    file = io.BytesIO()
    picture.save(file, "PNG")
    [_, frame] = re_encode(file.getvalue(), [(0.25, 0.5, 0.75, 1.0)])
    with Image.open(io.BytesIO(frame.body)) as drawn:
        assert set(drawn.crop((50, 50, 150, 100)).get_flattened_data()) == {COVER}
        assert drawn.crop((0, 0, 200, 50)).tobytes() == picture.crop((0, 0, 200, 50)).tobytes()
