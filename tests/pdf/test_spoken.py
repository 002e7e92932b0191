"""Owns a case as it is heard, which a person has read; `UPDATE=1` writes it anew, to be read before it is committed."""

import os
import re
import unittest
from pathlib import Path

from reports import report
from spoken import spoken

GOLDEN = Path(__file__).parent / "golden"


class ACaseAsItIsHeard(unittest.TestCase):
    def check(self, name, title, golden):
        tags = report(name).document.root.tags
        start = next(index for index, tag in enumerate(tags) if tag.kind == "H3" and tag.text == title)
        end = next(index for index, tag in enumerate(tags) if index > start and (tag.level or 9) <= 3)
        heard = "".join(f"{line}\n" for tag in tags[start:end] for line in spoken(tag))
        # On which page another case stands is none of this one's business.
        heard = re.sub(r", \d+›", ", page›", heard)
        path = GOLDEN / golden
        if "UPDATE" in os.environ:
            path.write_text(heard)
        self.maxDiff = None
        self.assertEqual(heard.splitlines(), path.read_text().splitlines())

    def test_of_the_sample(self):
        self.check("sample", "TEMPiS telestroke network", "tempis-telestroke.txt")

    def test_of_a_case_in_another_language(self):
        self.check("languages", "Beispiel aus der Schweiz", "beispiel.txt")


if __name__ == "__main__":
    unittest.main()
