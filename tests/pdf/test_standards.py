"""Owns the two standards: veraPDF finds nothing against them, whatever the report holds."""

import tempfile
import unittest
from pathlib import Path

import pikepdf

from reports import report
from verapdf import STANDARDS, judge, profile


class TheStandards(unittest.TestCase):
    def check(self, name):
        for standard in STANDARDS:
            with self.subTest(report=name, standard=standard):
                checks, failed = judge(report(name).path, standard)
                self.assertEqual(failed, [])
                self.assertGreater(checks, 1000)

    def test_of_the_sample(self):
        self.check("sample")

    def test_of_the_smallest_casebook(self):
        self.check("minimal")

    def test_of_a_form_of_a_group_s_own(self):
        self.check("own-form")

    def test_of_an_extended_form(self):
        self.check("extended-form")

    def test_of_a_case_in_another_language(self):
        self.check("languages")

    def test_that_the_rules_are_whole(self):
        rules = {name: profile(*standard).getRules().size() for name, standard in STANDARDS.items()}
        self.assertEqual(rules, {"PDF/UA-1": 106, "PDF/A-2a": 153})

    def complaint(self, standard, spoil):
        """The clauses that veraPDF finds broken once a file is spoilt."""
        with tempfile.TemporaryDirectory() as folder, pikepdf.open(report("languages").path) as pdf:
            spoil(pdf)
            path = Path(folder) / "spoilt.pdf"
            pdf.save(path)
            _, failed = judge(path, standard)
        return {failure.split(":")[0] for failure in failed}

    def test_that_the_validator_would_complain(self):
        def without(kind, *keys):
            def spoil(pdf):
                for thing in pdf.objects:
                    if isinstance(thing, pikepdf.Dictionary) and kind in (thing.get("/S"), thing.get("/Type")):
                        for key in keys:
                            if key in thing:
                                del thing[key]

            return spoil

        def without_title(pdf):
            pdf.Root.ViewerPreferences.DisplayDocTitle = False

        self.assertEqual(self.complaint("PDF/UA-1", lambda pdf: None), set())
        self.assertIn("7.3-1", self.complaint("PDF/UA-1", without("/Figure", "/Alt")))
        self.assertIn("7.1-10", self.complaint("PDF/UA-1", without_title))
        self.assertIn("6.2.11.7.2-1", self.complaint("PDF/A-2a", without("/Font", "/ToUnicode")))
        self.assertIn("6.2.11.4.1-1", self.complaint("PDF/A-2a", without("/FontDescriptor", "/FontFile2", "/FontFile3")))


if __name__ == "__main__":
    unittest.main()
