"""Owns what the site says of the PDF: each part is on the pages that it names."""

import os
import re
import subprocess
import unittest
from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """A page's title as readers see it, and its link into the PDF with the words of the link."""

    def __init__(self, path):
        super().__init__()
        self.title, self.link, self.words = "", None, ""
        self.open = []
        self.feed(path.read_text())

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "h1" and not self.title:
            self.open.append("title")
        elif tag == "a" and "report.pdf#page=" in attributes.get("href", ""):
            self.link = attributes["href"]
            self.open.append("words")

    def handle_endtag(self, tag):
        if self.open and (self.open[-1], tag) in [("title", "h1"), ("words", "a")]:
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            setattr(self, self.open[-1], getattr(self, self.open[-1]) + data)


def letters(text):
    """A text without what lines and hyphens do to it."""
    return re.sub(r"[\W_]", "", text).lower()


class TheWayIntoThePdf(unittest.TestCase):
    @unittest.skipUnless("REPORT_DIR" in os.environ, "REPORT_DIR names no folder with a built report")
    def test_parts_are_on_the_pages_that_the_site_names(self):
        folder = Path(os.environ["REPORT_DIR"])
        run = subprocess.run(["pdftotext", folder / "report.pdf", "-"], capture_output=True, text=True, check=True)
        texts = [letters(text) for text in run.stdout.split("\f")[:-1]]
        spans = []
        for path in sorted((folder / "site").rglob("*.html")):
            page = Page(path)
            if page.link is None:
                self.assertNotEqual(path.parent.name, "cases", path)
                continue
            first = int(page.link.split("#page=")[1])
            numbers = [int(number) for number in re.findall(r"\d+", page.words)]
            self.assertEqual(numbers[0], first, path)
            # The page that finds cases leads to the part that holds them, which has a name of its own.
            title = "Case studies" if path == folder / "site/cases/index.html" else page.title
            self.assertIn(letters(title), texts[first - 1], f"{path}: {title} on page {first}")
            if path.parent.name == "cases" and path.name != "index.html":
                spans.append((first, numbers[-1]))
        self.assertGreater(len(spans), 20)
        spans.sort()
        # Between two cases there is nothing else.
        for (_, last), (following, _) in zip(spans, spans[1:]):
            self.assertEqual(last + 1, following)
