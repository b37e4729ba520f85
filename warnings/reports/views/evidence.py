"""Images in a form: files, a blurred copy, removals and alternative texts."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from common.errors import ForewarnedError, Sentence
from common.http.rate_limits import Limit, use
from common.images.clean import CleanPicture, clean
from common.images.errors import ImageError, Reason
from common.images.pieces import NARROWEST
from reports.actions import evidence as evidence_actions
from reports.actions.evidence import LONGEST_WORDS, MOST_PICTURES, Holder
from reports.locks import ReportClosedError
from reports.models import Evidence

WORDS = "alt-"
REMOVES = "remove-"
# Seconds in which the files of one request are read. What is left then has to be sent again.
MOST_SECONDS = 20
LATE = "it was not read, because the other files took too long. Please add it again."
_NETWORK = "Many pictures came from your network."
MEMBERS_FILES = Limit(
    "files-member", 200, 3_600, "Pictures and PDFs of one account", "You sent many pictures from your account."
)
PROVEN_FILES = Limit("files-proven", 100, 3_600, "Pictures and PDFs with a proof of work, of one network", _NETWORK)
# For browsers without JavaScript: three reports with the most pictures in an hour.
UNPROVEN_FILES = Limit("files", 15, 3_600, "Pictures and PDFs without a proof of work, of one network", _NETWORK)


@dataclass
class Taken:
    """What became of uploaded files: problems, and notes on what was done to them, as sentences."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def count_files(number: int, *, user: Any, source: str, proven: bool) -> None:
    """Count the files of a request before they are read. Raises RateLimitedError.

    Reading a file costs the site more than sending it does, so strangers first let their browser compute for a while.
    """
    limit = MEMBERS_FILES if user else PROVEN_FILES if proven else UNPROVEN_FILES
    use(limit, str(user.pk) if user else source, times=min(number, MOST_PICTURES + 1))


def take(holder: Holder, files: list[Any], *, replaces: str = "", full: bool = False) -> Taken:
    """Clean uploaded files and add them to a draft or report; return the problems, and what was done to them.

    `replaces` is the public ID of the image that the first file is a blurred copy of. If the site is `full` of other
    files to read, none is read. Raises ReportClosedError.
    """
    taken = Taken()
    if full and files:
        taken.problems.append(ImageError(Reason.BUSY).sentence)
        return taken
    end = monotonic() + MOST_SECONDS
    if replaces and files:
        taken.problems += _replace(holder, files.pop(0), replaces)
    for file in files[:MOST_PICTURES]:
        if monotonic() >= end:
            taken.problems.append(Sentence(f"{file.name}: {LATE}", "late"))
            continue
        try:
            pictures = clean(file.read())
            added = evidence_actions.add_pictures(holder=holder, pictures=pictures)
            taken.notes += notes_on(file.name, pictures, len(added))
        except ReportClosedError:
            # Concerns the whole page rather than this file.
            raise
        except ForewarnedError as refused:
            taken.problems.append(Sentence(f"{file.name}: {refused}", refused.code))
        except OSError:
            taken.problems.append(
                Sentence(f"{file.name}: there is no room to store it. Please try again later.", "no-room")
            )
    if len(files) > MOST_PICTURES:
        taken.problems.append(Sentence(f"Only the first {MOST_PICTURES} files were taken.", "only-first"))
    return taken


def notes_on(name: str, pictures: Sequence[CleanPicture], added: int) -> list[str]:
    """Return what was done to a file: whether all its pictures were added, and whether their pixels are its own."""
    if not added:
        return [Sentence(f"{name} was not added again: the same picture is here already.", "here-already")]
    once = "" if added == len(pictures) else f" What is the same is kept once: {added} of {len(pictures)}."
    if pictures[0].original is not None and (note := _note_on_size(name, pictures, pictures[0].original, once)):
        return [note]
    return [Sentence(f"{name} has {len(pictures)} pages.{once}", "kept-once")] if once else []


def _note_on_size(name: str, pictures: Sequence[CleanPicture], original: tuple[int, int], once: str) -> str:
    first, (width, height) = pictures[0], original
    size = f"{name} has {'a page of ' if first.is_page else ''}{width} × {height} pixels"
    narrowest = min(min(picture.width, picture.height) for picture in pictures)
    small = f" Only {narrowest} pixels are left of its shorter side, which may be hard to read: cut it yourself."
    if narrowest >= min(width, height, NARROWEST):
        small = ""
    if first.is_page:
        return Sentence(f"{size}. It was cut or made smaller.{once}{small}", "page-cut")
    if len(pictures) > 1:
        return Sentence(
            f"{size}. So that it can be read, it was cut into {len(pictures)} pieces.{once}{small}", "cut"
        )
    if first.width * first.height < width * height:
        return Sentence(f"{size}, and was made smaller: {first.width} × {first.height}.", "smaller")
    return ""


def remove(holder: Holder, act: str) -> None:
    """Remove the image whose ID is in the name of the pressed button."""
    try:
        evidence_actions.remove_picture(holder=holder, public_id=uuid.UUID(act.removeprefix(REMOVES)))
    except ValueError:
        return


def words_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the alternative texts in a form, by public ID."""
    return {key.removeprefix(WORDS): str(text) for key, text in data.items() if key.startswith(WORDS)}


def hashes_of(files: Sequence[Any]) -> list[str]:
    """Return a hash of each uploaded file, which can be read again afterwards."""
    hashes = []
    for file in files:
        hashes.append(hashlib.file_digest(file, "sha256").hexdigest())
        file.seek(0)
    return hashes


def too_long(data: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each alternative text that is too long."""
    lengths = [len(text) for text in words_in(data).values() if len(text) > LONGEST_WORDS]
    return [
        Sentence(
            f"What a picture shows is said in {length} characters; at most {LONGEST_WORDS} can be stored.", "too-long"
        )
        for length in lengths
    ]


def shown(holder: Any, words: Mapping[str, str] | None = None) -> list[tuple[Evidence, str]]:
    """Return the images of a draft or report with their alternative texts, as typed or as stored."""
    rows = holder.evidence.all() if holder else ()
    return [(row, (words or {}).get(str(row.public_id), row.alt_text)) for row in rows]


def _replace(holder: Holder, file: Any, replaces: str) -> list[str]:
    try:
        [picture] = clean(file.read())
        evidence_actions.replace_picture(holder=holder, public_id=uuid.UUID(replaces), picture=picture)
    except (ImageError, ValueError) as refused:
        if isinstance(refused, ImageError) and refused.reason is Reason.BUSY:
            return [refused.sentence]
        return [Sentence("The blurred picture could not be read; the one before is still there.", "unreadable")]
    except OSError:
        return [Sentence("There is no room to store the blurred picture. Please try again later.", "no-room")]
    return []
