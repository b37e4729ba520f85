"""load_catalogue: the app links, descriptions and ambiguous names of tools."""

import re
from pathlib import Path

import pytest

from directory.catalogue.problems import CatalogueError
from directory.models import CatalogueEntry, Tool
from tests.directory.test_load_catalogue import Breaker, change, load_quietly

pytestmark = pytest.mark.django_db

BAD_TOOLS: dict[str, tuple[Breaker, str]] = {
    "a scheme with a slash": (
        lambda c: change(c / "tools/dingtalk.yaml", "app_schemes:\n- dingtalk\n", "app_schemes:\n- dingtalk://\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field app_schemes\[0\]: 'dingtalk://' is not the scheme",
    ),
    "a scheme that opens a page": (
        lambda c: change(c / "tools/dingtalk.yaml", "app_schemes:\n- dingtalk\n", "app_schemes:\n- https\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field app_schemes\[0\]: 'https' opens no app",
    ),
    "another tool's scheme": (
        lambda c: change(c / "tools/telegram.yaml", "app_schemes:\n- tg\n", "app_schemes:\n- dingtalk\n"),
        r"tools/telegram\.yaml: entry telegram, field app_schemes\[0\]: dingtalk opens dingtalk already",
    ),
    "a description in no known language": (
        lambda c: change(c / "tools/dingtalk.yaml", "    de:\n", "    xx:\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field described_as\.neutral\.xx: 'xx' is not the code of a known language",
    ),
    "a name in no known language": (
        lambda c: change(c / "tools/dingtalk.yaml", "  lang: zh\n", "  lang: zz\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field aliases\[\d+\].*lang: 'zz' is not the code of a known language",
    ),
    "a description twice": (
        lambda c: change(
            c / "tools/dingtalk.yaml", "  searched:\n    en:\n", "  searched:\n    en:\n    - Chinese work chat by Alibaba\n"
        ),
        r"tools/dingtalk\.yaml: entry dingtalk, field described_as: 'Chinese work .*stands there twice",
    ),
    "a description without a letter": (
        lambda c: change(c / "tools/dingtalk.yaml", "    - Chinese work chat by Alibaba\n", "    - '?!'\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field described_as\.neutral\.en\[\d\]: '\?!' holds no letter",
    ),
    "an ambiguity in words": (
        lambda c: change(c / "tools/dingtalk.yaml", "  ambiguous: true\n", "  ambiguous: sometimes\n"),
        r"tools/dingtalk\.yaml: entry dingtalk, field aliases\[\d+\].*ambiguous: input should be a valid boolean",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TOOLS)
def test_it_refuses_a_bad_tool(name: str, catalogue: Path) -> None:
    break_it, complaint = BAD_TOOLS[name]
    break_it(catalogue)
    with pytest.raises(CatalogueError) as refused:
        load_quietly(catalogue)
    assert re.search(complaint, str(refused.value)), str(refused.value)


def test_an_older_catalogue_without_descriptions_gets_them_and_keeps_what_people_changed(catalogue: Path) -> None:
    tool = Tool.objects.get(slug="dingtalk")
    remembered = CatalogueEntry.objects.get(section="tools", slug="dingtalk")
    for name in ("app_schemes", "descriptions"):
        remembered.content.pop(name)
    remembered.content["names"] = [name for name in remembered.content["names"] if not name.get("lang")]
    remembered.save()
    tool.app_schemes.all().delete()
    tool.names.exclude(lang="").delete()
    tool.descriptions.exclude(lang="de").delete()
    tool.descriptions.update(neutral=True)
    load_quietly(catalogue)
    assert [*tool.app_schemes.values_list("scheme", flat=True)] == ["dingtalk"]
    assert tool.names.filter(text="叮叮", lang="zh", ambiguous=True).exists()
    assert set(tool.descriptions.filter(lang="de").values_list("neutral", flat=True)) == {True}
    assert tool.descriptions.filter(lang="en", neutral=False).exists()
