"""Every kind of page is valid HTML by the checker of the W3C (vnu)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.sitemap_of_tests import entrance_pages, pages

pytestmark = pytest.mark.django_db

JAR = Path(__file__).resolve().parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"


def test_every_page_is_valid(visitor: Client, tmp_path: Path) -> None:
    # It takes seconds: the checker is a Java program, started once for all pages.
    java = shutil.which("java")
    assert java, "Java is missing (on Debian: default-jre-headless)"
    addresses = [*pages(), *entrance_pages(), "/no/such/page/"]
    for number, address in enumerate(addresses):
        (tmp_path / f"{number}.html").write_bytes(visitor.get(address).content)
    done = subprocess.run(
        [java, "-jar", str(JAR), "--format", "json", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    complaints = [f"{addresses[int(Path(m['url']).stem)]}: {m['message']} {m.get('extract', '')}" for m in found]
    assert complaints == []


def test_the_checker_finds_mistakes(tmp_path: Path) -> None:
    (tmp_path / "0.html").write_text("<!DOCTYPE html><title>x</title><p><div></p><img>")
    done = subprocess.run(
        ["java", "-jar", str(JAR), "--format", "json", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert len(json.loads(done.stderr)["messages"]) >= 2
