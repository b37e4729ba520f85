"""Lighthouse on the main kinds of page, with the system's Chromium: `make lighthouse`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.services.chromium import FLAGS, find_chromium
from tests.services.site import running_site

HERE = Path(__file__).resolve().parent
PAGES = {
    "home": "/",
    "tools": "/tools/",
    "tool": "/tools/dingtalk/",
    "matrix": "/tools/matrix/",
    "tactic": "/tactics/off-platform-contact/",
    "warning": "/warnings/stay-away-from-a-buyer-who-asks-you-to-use-dingtalk/",
}
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def main() -> None:
    """Start the site, ask Lighthouse about each page, print the scores, fail below the least."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=HERE, check=True)
    low = []
    with running_site() as site:
        for kind, address in PAGES.items():
            scores = _scores(site.url + address)
            sys.stdout.write(f"{kind:8} " + "  ".join(f"{name} {score}" for name, score in scores.items()) + "\n")
            low += [
                f"{kind}: {name} {scores[name]}, at least {least}"
                for name, least in LEAST.items()
                if scores[name] < least
            ]
    if low:
        sys.exit("\n".join(low))


def _scores(address: str) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "lighthouse", address, "--quiet", "--output=json", f"--output-path={report}"]
        done = subprocess.run(
            [*command, f"--chrome-flags=--headless {FLAGS}"],
            cwd=HERE, env=os.environ | {"CHROME_PATH": find_chromium()}, check=False, capture_output=True, text=True, timeout=180,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"Lighthouse failed on {address}: {done.stderr[-1_000:]}")
        found = json.loads(report.read_text(encoding="utf-8"))
    return {name: round(100 * found["categories"][name]["score"]) for name in LEAST}


if __name__ == "__main__":
    main()
