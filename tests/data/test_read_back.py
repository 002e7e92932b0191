"""Owns reading back: every cell, read by DuckDB, says what cases.json says."""

import re
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

from exported import REPOSITORY, Exported, list_of, text_of, write_hostile

# What makes a spreadsheet calculate, at the beginning of a cell.
FORMULA = "^[=+@＝＋－＠-]"


def keys(entry):
    source = entry.get("source", [])
    return source if isinstance(source, list) else [source]


def stripped(text):
    return "" if text is None else str(text).strip()


def words(value):
    return value.strip() if isinstance(value, str) else ""


class ReadBack(unittest.TestCase):
    def number(self, cell, value):
        if isinstance(value, (int, float)):
            self.assertRegex(cell, r"^-?[0-9]+(\.[0-9]+)?$")
            self.assertEqual(Decimal(cell), Decimal(str(value)))
        else:
            self.assertEqual(cell, "")

    def texts(self, row, expected):
        self.assertEqual({name: text_of(row[name]) for name in expected}, expected)

    def lists(self, row, expected):
        expected = {name: [stripped(entry) for entry in entries] for name, entries in expected.items()}
        self.assertEqual({name: list_of(row[name]) for name in expected}, expected)

    def check_cases(self, exported):
        rows = exported.cells("cases")
        self.assertEqual(len(rows), len(exported.cases))
        for row, case in zip(rows, exported.cases):
            plain = ["id", "title", "summary", "language", "licence", "scope", "status", "outcome", "evidence_level"]
            self.texts(row, {name: stripped(case.get(name)) for name in plain})
            period = case.get("period", {})
            self.texts(row, {name: period.get(name, "") for name in ["start", "end"]})
            technology = case.get("technology", {})
            organisations = case.get("organisations", [])
            self.lists(row, {name: case.get(name, []) for name in ["keywords", "regions", "themes", "related"]})
            self.lists(row, {name: technology.get(name, []) for name in ["standards", "components"]})
            self.lists(row, {
                "organisations": [it["name"] for it in organisations],
                "leads": [it["name"] for it in organisations if it.get("role") == "lead"],
            })
            self.assertEqual(set(list_of(row["challenges"])), set(case.get("challenges", {})))
            self.assertEqual(int(row["measures"]), len(case.get("scale", [])) + len(case.get("results", [])))
            self.assertEqual(int(row["sources"]), len(case.get("sources", {})))
            names = list(row)
            for facet, values in case.get("facets", {}).items():
                name = facet if names.index(facet) > names.index("file") else f"facet_{facet}"
                self.lists(row, {name: values})

    def check_measures(self, exported):
        expected = [
            (case, kind, place + 1, measure)
            for case in exported.cases
            for kind in ["scale", "results"]
            for place, measure in enumerate(case.get(kind, []))
        ]
        rows = exported.cells("measures")
        self.assertEqual(len(rows), len(expected))
        for row, (case, kind, place, measure) in zip(rows, expected):
            self.texts(row, {"case": case["id"], "list": kind, "position": str(place)})
            self.texts(row, {name: stripped(measure.get(name)) for name in ["measure", "qualifier", "unit", "note"]})
            value, baseline = measure["value"], measure.get("baseline")
            self.number(row["value"], value)
            self.number(row["baseline"], baseline)
            self.texts(row, {"value_text": words(value), "baseline_text": words(baseline)})
            low, high = measure.get("interval", [None, None])
            self.number(row["interval_low"], low)
            self.number(row["interval_high"], high)
            start, _, end = measure.get("when", "").partition("/")
            self.texts(row, {"when_start": start, "when_end": end})
            self.lists(row, {"sources": keys(measure)})
            if isinstance(value, (int, float)) and isinstance(baseline, (int, float)):
                self.assertAlmostEqual(float(row["change"]), value - baseline, places=6)
                self.assertEqual(row["direction"], "up" if value > baseline else "down" if value < baseline else "level")
            else:
                self.assertEqual(row["change"] + row["direction"], "")

    def check_organisations(self, exported):
        expected = [(case, it) for case in exported.cases for it in case.get("organisations", [])]
        rows = exported.cells("organisations")
        self.assertEqual(len(rows), len(expected))
        for row, (case, it) in zip(rows, expected):
            self.texts(row, {"case": case["id"]} | {name: stripped(it.get(name)) for name in ["name", "role", "region", "url"]})

    def check_money(self, exported):
        expected = [
            (case, kind, it)
            for case in exported.cases
            for kind, key in [("funding", "funding"), ("cost", "costs")]
            for it in case.get(key, [])
        ]
        rows = exported.cells("money")
        self.assertEqual(len(rows), len(expected))
        for row, (case, kind, it) in zip(rows, expected):
            plain = ["what", "funder", "programme", "qualifier", "currency", "year", "frequency", "note"]
            self.texts(row, {"case": case["id"], "kind": kind} | {name: stripped(it.get(name)) for name in plain})
            self.number(row["amount"], it.get("amount"))
            self.texts(row, {"amount_text": words(it.get("amount"))})
            self.lists(row, {"sources": keys(it)})

    def check_sources(self, exported):
        rows = exported.cells("sources")
        expected = [(case, key, it) for case in exported.cases for key, it in case.get("sources", {}).items()]
        self.assertEqual(len(rows), len(expected))
        plain = ["title", "author", "publisher", "year", "url", "doi", "accessed"]
        found = {(row["case"], text_of(row["key"])): row for row in rows}
        for case, key, it in expected:
            self.texts(found[case["id"], key], {name: stripped(it.get(name)) for name in plain})

    def check_formulas(self, exported):
        numbers = 0
        for resource in exported.package["resources"]:
            for field in resource.get("schema", {}).get("fields", []):
                for row in exported.cells(resource["name"]):
                    cell = row[field["name"]]
                    if field["type"] in ("number", "integer"):
                        numbers += cell.startswith("-")
                        continue
                    # A spreadsheet whose lists are parted by `;` cuts a text there, too.
                    for part in re.split("[;\t\r\n]", cell):
                        self.assertNotRegex(part.lstrip(' \u00a0"'), FORMULA)
        return numbers

    def check(self, exported):
        self.assertTrue(exported.cases)
        self.check_cases(exported)
        self.check_measures(exported)
        self.check_organisations(exported)
        self.check_money(exported)
        self.check_sources(exported)
        return self.check_formulas(exported)

    def test_the_sample(self):
        self.check(Exported(REPOSITORY))

    def test_hostile_texts(self):
        with tempfile.TemporaryDirectory() as folder:
            exported = Exported(write_hostile(Path(folder)))
        # Negative numbers are numbers still.
        self.assertGreater(self.check(exported), 0)


if __name__ == "__main__":
    unittest.main()
