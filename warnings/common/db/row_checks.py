"""Compare what is stored twice, batch by batch. A damaged row is named, and ends no check.

Each app lists its checks in `integrity.CHECKS`. A check names the fields that it proves, so that a test finds the
derived fields that none proves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.module_loading import module_has_submodule

BATCH = 500
_LONGEST_VALUE = 100

Progress = Callable[[int], None]
"""Called with the number of rows that were checked since the last call."""
Rows = Sequence[Any]


def no_progress(rows: int) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Check:
    """Something that must agree: its name, what finds problems, and the fields (`reports.Draft.size`) it proves."""

    name: str
    find: Callable[[Progress], Iterable[str]]
    fields: frozenset[str] = frozenset()


def check_of_rows(
    name: str, *fields: str, rows: Callable[[], QuerySet[Any]], find: Callable[[Rows], Iterable[str]]
) -> Check:
    """Return a check that calls `find` with each batch of the rows."""
    return Check(name, lambda progress: problems_of_rows(rows(), find, progress), frozenset(fields))


def all_checks() -> list[Check]:
    """Return the checks of all apps, in the order of the installed apps."""
    modules = [f"{app.name}.integrity" for app in apps.get_app_configs() if _has_checks(app)]
    return [check for module in modules for check in import_module(module).CHECKS]


def problems_of(checks: Iterable[Check]) -> Iterator[str]:
    """Yield what some checks find."""
    for check in checks:
        yield from check.find(no_progress)


def problems_of_rows(
    rows: QuerySet[Any], find: Callable[[Rows], Iterable[str]], progress: Progress = no_progress
) -> Iterator[str]:
    """Yield what `find` says of each batch of rows, by primary key."""
    for keys in key_batches(rows):
        yield from problems_of_keys(keys, lambda some: find(_loaded(rows, some)), str(rows.model._meta.label))
        progress(len(keys))


def problems_of_keys(keys: Sequence[Any], find: Callable[[Sequence[Any]], Iterable[str]], name: str) -> Iterator[str]:
    """Yield what `find` says of the objects with these keys, and which objects are too damaged to be checked.

    The site may write in the meantime, so only what is still true at a second look counts.
    """
    try:
        if found := list(find(keys)):
            again = set(find(keys))
            found = [problem for problem in found if problem in again]
    except Exception as error:
        if len(keys) == 1:
            yield f"{name} {keys[0]} cannot be checked: {summary_of(error)}"
            return
        half = len(keys) // 2
        for some in (keys[:half], keys[half:]):
            yield from problems_of_keys(some, find, name)
        return
    yield from found


def key_batches(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """Yield the primary keys of rows in order, in batches."""
    ordered = rows.order_by("pk").values_list("pk", flat=True)
    keys = list(ordered[:BATCH])
    while keys:
        yield keys
        keys = list(ordered.filter(pk__gt=keys[-1])[:BATCH])


def differences(row: Model, real: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each field of a row whose value is another one than computed."""
    for name, value in real.items():
        stored = getattr(row, name)
        if stored != value:
            yield f"{name_of(row)}: {name} is {shown(stored)}; it should be {shown(value)}."


def name_of(row: Model) -> str:
    """Return a row's model and primary key, as in `reports.Draft 7`."""
    return f"{row._meta.label} {row.pk}"


def shown(value: Any) -> str:
    """Return a value in one line of limited length, safe for a terminal."""
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def summary_of(error: Exception) -> str:
    """Return an error in one line of limited length."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:_LONGEST_VALUE]}" if words else f"{type(error).__name__}."


def dangling_references(progress: Progress) -> Iterator[str]:
    """Yield the rows of all models that refer to a row that is gone."""
    for model in apps.get_models(include_auto_created=True):
        if (fields := _references(model)) and model._meta.managed:
            yield from _dangling(model, fields, progress)


def _dangling(model: type[Model], fields: list[Any], progress: Progress) -> Iterator[str]:
    rows = model._base_manager.all()

    def find(keys: Sequence[Any]) -> Iterator[str]:
        for field in fields:
            yield from _missing(rows.filter(pk__in=keys), field)

    for keys in key_batches(rows):
        yield from problems_of_keys(keys, find, model._meta.label)
        progress(len(keys))


def _missing(rows: QuerySet[Any], field: Any) -> Iterator[str]:
    wanted = dict(rows.filter(**{f"{field.name}__isnull": False}).values_list("pk", field.attname))
    target = field.target_field.attname
    others = field.remote_field.model._base_manager.filter(**{f"{target}__in": set(wanted.values())})
    there = set(others.values_list(target, flat=True))
    for key, value in wanted.items():
        if value not in there:
            yield f"{rows.model._meta.label} {key}: {field.name} refers to {shown(value)}, which is gone."


def _references(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _loaded(rows: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _has_checks(app: Any) -> bool:
    return module_has_submodule(app.module, "integrity")
