"""Owns the reports under test: what is built, and their cases as the data tell them."""

import json
import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from PIL import Image

from structure import Document

REPOSITORY = Path(__file__).resolve().parents[2]

MANIFEST = """\
casebook: 1
title: Languages
language: en
edition: {date: 2026-01-02}
editors: [{name: First Editor}, {name: Second Editor}]
themes: {portal: {title: Portals}}
"""

# A case in another language than its report, with everything in it that a text can hold.
CASE = """\
id: beispiel
title: Beispiel aus der Schweiz
language: de
summary: Eine kurze Zusammenfassung.
regions: [CH]
themes: [portal]
status: pilot
outcome: mixed
problem: |
  Ein Absatz mit [einem Verweis](https://example.org) und einer Fußnote.[^1]

  1. Erstens
  2. Zweitens
     - darunter

  | Name | Wert |
  |---|---|
  | a | 1 |

  > Ein Zitat.

  [^1]: Die Fußnote.
images: [{file: dot.png, alt: Ein roter Punkt, caption: Der Punkt}]
"""

def build(root, folder):
    command = ["cargo", "run", "--locked", "--quiet", "--", "build", "--root", root, "-o", folder, "--format", "pdf,data", "-q"]
    run = subprocess.run(list(map(str, command)), cwd=REPOSITORY, capture_output=True)
    if run.returncode != 0:
        raise AssertionError(f"{root}: {run.returncode}: {run.stderr.decode()}")


class Report:
    """A casebook's PDF with its structure, and its cases."""

    def __init__(self, folder):
        self.path = Path(folder) / "report.pdf"
        self.document = Document(self.path)
        self.cases = json.loads((Path(folder) / "data/cases.json").read_text())["cases"]


# Reports serve the tests of all files, so they are kept until the end.
KEPT = []


@cache
def report(name):
    """The report of an example, of the repository itself (`sample`), or of a case of another language."""
    if name == "sample" and "REPORT_DIR" in os.environ:
        return Report(os.environ["REPORT_DIR"])
    KEPT.append(tempfile.TemporaryDirectory())
    folder = Path(KEPT[-1].name)
    if name == "languages":
        (folder / "cases").mkdir()
        (folder / "casebook.yaml").write_text(MANIFEST)
        (folder / "cases/beispiel.yaml").write_text(CASE)
        Image.new("RGB", (1, 1), "red").save(folder / "cases/dot.png")
        root = folder
    else:
        root = REPOSITORY if name == "sample" else REPOSITORY / "examples" / name
    build(root, folder / "build")
    return Report(folder / "build")
