"""Owns how pages of cases are filled: names in the margin keep clear of each other, and no page holds scraps."""

import subprocess
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

from reports import build, report

MANIFEST = """\
casebook: 1
title: Marginalen
language: {language}
edition: {{date: 2026-01-02}}
themes: {{portal: {{title: Portal}}}}
"""

# Each part is one line; many of their names are not.
CASE = """\
id: kort
title: Kort
summary: Kort.
regions: [SE]
themes: [portal]
status: pilot
outcome: mixed
problem: Kort.
target_group: Kort.
solution: Kort.
implementation: Kort.
unintended: Kort.
sustainability: Kort.
lessons: {did_not_work: [Kort.], advice: [Kort.]}
transfer: {conditions: [Kort.], transferred_to: [Kort.]}
"""

# Where the margin ends, in points, and how far lines are from each other at least.
MARGIN, LINE = 175, 10
XHTML = "{http://www.w3.org/1999/xhtml}"


def margin_of(pdf):
    """What stands in the margin of the page of the case: the height of each line and its text."""
    shown = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True)
    for page in ElementTree.fromstring(shown.stdout).iter(f"{XHTML}page"):
        lines = [(float(line.get("yMin")), float(line.get("xMin")), float(line.get("xMax")),
                  " ".join(word.text for word in line.iter(f"{XHTML}word"))) for line in page.iter(f"{XHTML}line")]
        if sum(text == "Kort." for *_, text in lines) > 5:
            return sorted((top, text) for top, left, right, text in lines if left < 90 and right < MARGIN)
    raise AssertionError("the case is on no page")


class TheMargin(unittest.TestCase):
    def test_names_keep_clear_of_each_other(self):
        for language in ["sv", "fi", "de"]:
            with self.subTest(language=language), tempfile.TemporaryDirectory() as folder:
                folder = Path(folder)
                (folder / "cases").mkdir()
                (folder / "casebook.yaml").write_text(MANIFEST.format(language=language))
                (folder / "cases/kort.yaml").write_text(CASE)
                build(folder, folder / "build")
                lines = margin_of(folder / "build/report.pdf")
                self.assertGreater(len(lines), 10, lines)
                for (top, text), (below, following) in zip(lines, lines[1:]):
                    self.assertGreaterEqual(below - top, LINE, f"{text} / {following}")


class TheEnds(unittest.TestCase):
    def test_no_page_of_a_case_has_but_a_line_or_two_of_sources(self):
        pdf = report("sample").path
        shown = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
        pages = [[line for line in page.splitlines() if line.strip()] for page in shown.stdout.split("\f")]
        # What runs along the page is two lines.
        of_cases = [page[1:-1] for page in pages if page and "Case studies |" in page[0]]
        self.assertGreater(len(of_cases), 30)
        for lines in of_cases:
            self.assertGreaterEqual(len(lines), 4, lines)
