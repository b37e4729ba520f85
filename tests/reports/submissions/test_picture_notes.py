"""What people are told of pictures that are not kept as they are in the file."""

import pytest

from common.images.clean import CleanPicture
from reports.views.evidence import notes_on


def picture(width: int, height: int, original: tuple[int, int] | None, *, is_page: bool = False) -> CleanPicture:
    return CleanPicture(b"", "image/png", width, height, "", original, is_page)


@pytest.mark.parametrize(
    ("pictures", "codes", "is_small"),
    [
        ([picture(800, 600, None)], [], False),
        ([picture(800, 600, (800, 600))], [], False),
        ([picture(2_400, 1_800, (4_000, 3_000))], ["smaller"], False),
        ([picture(1_440, 4_000, (2_880, 30_000))] * 4, ["cut"], False),
        ([picture(594, 4_800, (750, 30_000))] * 5, ["cut"], True),
        ([picture(1_440, 4_000, (2_688, 33_334), is_page=True)] * 5, ["page-cut"], False),
        ([picture(400, 4_800, (1_334, 12_500), is_page=True)], ["page-cut"], True),
    ],
)
def test_they_are_told_what_was_done_and_what_may_be_hard_to_read(
    pictures: list[CleanPicture], codes: list[str], is_small: bool
) -> None:
    notes = notes_on("a.png", pictures)
    assert [getattr(note, "code", "") for note in notes] == codes
    narrow = str(min(min(one.width, one.height) for one in pictures))
    assert any(f"Only {narrow} pixels" in note for note in notes) is is_small
