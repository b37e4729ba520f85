"""Read a folder of catalogue files and validate every entry, collecting all problems."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from directory.catalogue.problems import CatalogueError, Problem
from directory.catalogue.schemas import Settings

MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 20
SETTINGS_FILE = "catalogue.yaml"


@dataclass
class Reading:
    """The result of reading: entries of each section by slug, the catalogue's settings, and the problems."""

    entries: dict[str, dict[str, BaseModel]] = field(default_factory=dict)
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    settings: Settings | None = None
    problems: list[Problem] = field(default_factory=list)

    def complain(self, section: str, slug: str, at: str, message: str) -> None:
        """Add a problem of an entry."""
        self.problems.append(Problem(self.files.get((section, slug), section), slug, at, message))


def read_folder(folder: Path, schemas: dict[str, type[BaseModel]]) -> Reading:
    """Read every entry below `folder`; `schemas` maps a section's folder name to its model.

    Raises CatalogueError if there is no catalogue; other problems are collected in `problems`.
    """
    if not folder.is_dir():
        raise CatalogueError([Problem(str(folder), "", "", "there is no such folder")])
    if not any((folder / section).is_dir() for section in schemas):
        raise CatalogueError([Problem(str(folder), "", "", f"holds none of the folders {', '.join(schemas)}")])
    reading = Reading()
    _refuse_strangers(folder, schemas, reading)
    _read_settings(folder, reading)
    for section, schema in schemas.items():
        reading.entries[section] = {}
        for path in _files(folder / section, reading, folder):
            _read_entry(path, section, schema, reading, path.relative_to(folder).as_posix())
    return reading


def digest_of_folder(folder: Path) -> str:
    """Return a SHA-256 hex digest of the names and contents of all files below `folder`; empty if unreadable."""
    total = hashlib.sha256()
    try:
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and not _is_hidden(p, folder)):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    except OSError:
        return ""
    return total.hexdigest()


def _refuse_strangers(folder: Path, schemas: dict[str, type[BaseModel]], reading: Reading) -> None:
    """Report mistyped folder names and stray entries, which would otherwise be ignored silently."""
    for path in sorted(folder.iterdir()):
        stray_file = path.suffix in {".yaml", ".yml"} and path.name != SETTINGS_FILE
        if not path.name.startswith(".") and (stray_file or (path.is_dir() and path.name not in schemas)):
            reading.problems.append(
                Problem(path.name, "", "", f"belongs to none of the folders {', '.join(schemas)}")
            )


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _files(folder: Path, reading: Reading, root: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.name.upper().startswith("README"):
            continue
        if path.is_file() and path.suffix == ".yaml":
            yield path
        else:
            reading.problems.append(Problem(name, "", "", "is not a .yaml file; nothing else belongs here"))


def _read_settings(folder: Path, reading: Reading) -> None:
    path = folder / SETTINGS_FILE
    if not path.exists():
        return
    data = _load_yaml(path, SETTINGS_FILE, reading)
    if data is not None:
        try:
            reading.settings = Settings.model_validate(data)
        except ValidationError as error:
            reading.problems += _problems(error, SETTINGS_FILE, "")


def _read_entry(path: Path, section: str, schema: type[BaseModel], reading: Reading, name: str) -> None:
    data = _load_yaml(path, name, reading)
    if data is None:
        return
    given = data.get("slug")
    slug = given if isinstance(given, str) else ""
    try:
        entry = schema.model_validate(data)
    except ValidationError as error:
        reading.problems += _problems(error, name, slug)
        return
    first = reading.files.get((section, slug))
    if first is not None:
        reading.problems.append(Problem(name, slug, "slug", f"{slug!r} is already the slug of {first}"))
    elif slug != path.stem:
        reading.problems.append(Problem(name, slug, "slug", f"{slug!r} is not the file's name {path.stem!r}"))
    reading.files.setdefault((section, slug), name)
    reading.entries[section].setdefault(slug, entry)


def _load_yaml(path: Path, name: str, reading: Reading) -> dict[str, Any] | None:
    """Parse a file into a mapping, or record the problem and return None."""
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_FILE_BYTES:
            raise ValueError(f"is larger than {MAX_FILE_BYTES:,} bytes")
        text = _decoded(raw)
        _refuse_aliases_and_depth(text)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  (a SafeLoader, see below)
        if not isinstance(data, dict):
            raise ValueError("is not a mapping of fields to values")
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = f"is not valid YAML: {error.problem or error.context}{where}"
    except yaml.YAMLError as error:
        problem = f"is not valid YAML: {' '.join(str(error).split())}"
    except ValueError as error:
        problem = str(error)
    else:
        return data
    reading.problems.append(Problem(name, "", "", problem))
    return None


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 text (byte {error.start})") from None
    if text.startswith("\ufffe") or "\x00" in text:
        raise ValueError("is not UTF-8 text (it holds NUL characters)")
    return text


def _problems(error: ValidationError, name: str, slug: str) -> Iterable[Problem]:
    for detail in error.errors(include_url=False, include_context=True):
        yield Problem(name, slug, _field(detail["loc"]), _message(detail))


def _field(location: tuple[int | str, ...]) -> str:
    """Format `("features", 2, "control")` as `features[2].control`, without pydantic's names of union members."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part.isidentifier() and not part.startswith(("function", "constrained", "nullable")):
            path += f".{part}" if path else part
    return path


def _message(detail: Any) -> str:
    if detail["type"] == "missing":
        return "is missing"
    if detail["type"] == "extra_forbidden":
        return "is not a field of this kind of entry"
    if detail["type"] == "too_short":
        return f"needs at least {detail['ctx']['min_length']} entry"
    message = str(detail["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    given = detail.get("input")
    if isinstance(given, str | int | float) and repr(given) not in message:
        message += f" (got {str(given)[:60]!r})"
    return message


class _Loader(yaml.CSafeLoader):
    """A YAML loader that rejects duplicate keys, of which YAML silently keeps the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping, rejecting duplicate keys."""
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} is given twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def _refuse_aliases_and_depth(text: str) -> None:
    """Reject aliases, which can expand without bound, and deep nesting, which can exhaust the parser."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise ValueError(f"uses an anchor or alias (&a, *a) in line {line}; they are not used here")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise ValueError(f"is nested deeper than {MAX_DEPTH} levels in line {line}")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
