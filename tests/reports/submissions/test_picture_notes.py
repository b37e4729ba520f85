"""What people are told of pictures that are not kept as they are in the file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from common.images.clean import CleanPicture
from reports.models import Evidence
from reports.views.evidence import notes_on
from tests.common.images import hostile, hostile_pdf
from tests.pages_under_test import states


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
    notes = notes_on("a.png", pictures, len(pictures))
    assert [getattr(note, "code", "") for note in notes] == codes
    narrow = str(min(min(one.width, one.height) for one in pictures))
    assert any(f"Only {narrow} pixels" in note for note in notes) is is_small


def tall(*, beginning: str = "white") -> bytes:
    """A screenshot that is cut into three pieces, of which all but the first are blank."""
    image = Image.new("RGB", (700, 12_000), "white")
    image.paste(beginning, (0, 0, 700, 500))
    return hostile.saved(image, "PNG")


def attach(client: Client, filled: dict[str, Any], *files: bytes, address: str = "/report/") -> Any:
    version = str(Evidence.objects.count() and 1)
    sent = [SimpleUploadedFile(f"{number}.png", content) for number, content in enumerate(files)]
    return client.post(address, filled | {"act": "attach", "version": version, "pictures": sent})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code", "added", "parts"),
    [
        (tall(beginning="black"), "cut", 2, 3),
        (tall(), "cut", 1, 3),
        (hostile_pdf.blank([(200, 300), (300, 300), (200, 300)]), "kept-once", 2, 3),
        (hostile_pdf.blank([(1_440, 14_400)]), "page-cut", 2, 4),
    ],
)
def test_what_is_the_same_in_a_file_is_kept_once_and_counted_once(
    visitor: Client, filled: dict[str, Any], content: bytes, code: str, added: int, parts: int
) -> None:
    answer = attach(visitor, filled, content)
    [note] = answer.context["writing"].notes
    assert (note.code, Evidence.objects.count()) == (code, added)
    assert f"{added} of {parts}" in note
    assert set(states(answer)) >= {"attached", code}


@pytest.mark.django_db
def test_a_picture_that_is_there_already_is_named(visitor: Client, filled: dict[str, Any], png: bytes) -> None:
    def codes_of(answer: Any) -> list[tuple[str, str]]:
        return [(note.split()[0], note.code) for note in answer.context["writing"].notes]

    assert codes_of(attach(visitor, filled, png, tall(), png)) == [("1.png", "cut"), ("2.png", "here-already")]
    answer = attach(visitor, filled, tall(), png)
    assert codes_of(answer) == [("0.png", "here-already"), ("1.png", "here-already")]
    assert "here-already" in states(answer)
    assert Evidence.objects.count() == 2


@pytest.mark.django_db
def test_a_report_that_has_the_picture_already_says_so(visitor: Client, filled: dict[str, Any], png: bytes) -> None:
    form = filled | {"pictures": [SimpleUploadedFile("a.png", png)]}
    code = visitor.post("/report/", form, follow=True).context["code"]
    answer = attach(visitor, {}, png, address=f"/track/{code}/")
    assert [note.code for note in answer.context["notes"]] == ["here-already"]
    assert set(states(answer)) >= {"here-already", "attached"}
    assert Evidence.objects.count() == 1
