"""Owns the data package: the official validator has nothing to say, whatever the cases hold."""

import json
import tempfile
import unittest
from pathlib import Path

from frictionless import Package, system, validate

from exported import PRIVATE, REPOSITORY, Exported, program, write_hostile


def problems(folder):
    """What the validator says of a package."""
    with system.use_context(trusted=True):
        report = validate(str(folder / "datapackage.json"))
    found = report.flatten(["type", "note"]) + [[error.type, error.note] for error in report.errors]
    return found + [["warning", warning] for task in report.tasks for warning in task.warnings]


class ThePackage(unittest.TestCase):
    def check(self, root):
        exported = Exported(root)
        self.assertEqual(problems(exported.folder), [])
        listed = {resource["path"] for resource in exported.package["resources"]} | {"datapackage.json", "cases.jsonl"}
        there = {path.name for path in exported.folder.iterdir()} - {".casebook-outputs"}
        self.assertEqual(listed, there)
        for resource in exported.package["resources"]:
            self.assertEqual(resource["bytes"], (exported.folder / resource["path"]).stat().st_size)
        return exported

    def test_of_the_sample(self):
        self.check(REPOSITORY)

    def test_of_the_smallest_casebook(self):
        self.check(REPOSITORY / "examples/minimal")

    def test_of_a_form_of_a_group_s_own(self):
        self.check(REPOSITORY / "examples/own-form")

    def test_of_an_extended_form(self):
        self.check(REPOSITORY / "examples/extended-form")

    def test_of_hostile_texts_and_nothing_private(self):
        with tempfile.TemporaryDirectory() as folder:
            exported = self.check(write_hostile(Path(folder)))
        for path in exported.folder.iterdir():
            for word in PRIVATE:
                self.assertNotIn(word, path.read_text(), path.name)

    def test_that_the_validator_would_complain(self):
        exported = Exported(REPOSITORY / "examples/minimal")
        cases = exported.folder / "cases.csv"
        cases.write_text(cases.read_text().replace(",success,", ",triumph,"))
        types = {kind for kind, _ in problems(exported.folder)}
        self.assertIn("constraint-error", types)

    def test_that_keys_lead_to_cases(self):
        exported = Exported(REPOSITORY)
        organisations = exported.folder / "organisations.csv"
        with organisations.open("a") as file:
            file.write("no-such-case,1,Name,,,,,\n")
        types = {kind for kind, _ in problems(exported.folder)}
        self.assertIn("foreign-key", types)


if __name__ == "__main__":
    unittest.main()
