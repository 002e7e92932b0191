"""Owns the tags: what stands in the report is tagged as what it is, and all of it is."""

import re
import subprocess
import unittest

from reports import report
from structure import Annotation


class TheStructure(unittest.TestCase):
    def check(self, name):
        document = report(name).document
        for rule in (
            self.all_is_tagged_once,
            self.headings_skip_no_level,
            self.tables_have_headers,
            self.lists_have_items,
            self.figures_have_alternatives,
            self.links_have_words,
            self.bookmarks_are_the_contents,
            self.another_reader_finds_the_same,
        ):
            with self.subTest(report=name, rule=rule.__name__):
                rule(document)
        return document

    def all_is_tagged_once(self, document):
        self.assertEqual(document.root.kind, "Document")
        self.assertEqual(sorted(document.tagged), sorted(document.numbered))
        loose = [run for runs in document.runs for run in runs if run.number is None and not run.is_artifact]
        self.assertEqual(loose, [])
        # What runs along every page is heard on none.
        heads = [run for runs in document.runs for run in runs if run.is_artifact and run.text]
        self.assertGreater(len(heads), len(document.runs) / 2)

    def headings_skip_no_level(self, document):
        level = 0
        for tag in document.root.all("H1", "H2", "H3", "H4", "H5", "H6"):
            self.assertTrue(tag.text)
            self.assertLessEqual(tag.level, level + 1, tag.text)
            level = tag.level
        self.assertGreater(level, 0)

    def tables_have_headers(self, document):
        for table in document.root.all("Table"):
            rows = list(table.all("TR"))
            widths = [0] * len(rows)
            for number, row in enumerate(rows):
                for cell in row.tags:
                    self.assertIn(cell.kind, ("TH", "TD"))
                    for below in range(int(cell.attributes.get("RowSpan", 1))):
                        widths[number + below] += int(cell.attributes.get("ColSpan", 1))
                    if cell.kind == "TH":
                        self.assertIn(str(cell.attributes["Scope"]), ("/Column", "/Row"), cell.text)
                        self.assertTrue(cell.text, table.text)
            self.assertEqual(set(widths), {widths[0]}, table.text)
            self.assertEqual({cell.kind for cell in rows[0].tags}, {"TH"}, table.text)

    def lists_have_items(self, document):
        for found in document.root.all("L"):
            self.assertTrue(found.tags)
            self.assertLessEqual({tag.kind for tag in found.tags}, {"LI", "L"})
        for item in document.root.all("LI"):
            self.assertEqual([tag.kind for tag in item.tags], ["Lbl", "LBody"])
            self.assertTrue(item.tags[1].text)

    def figures_have_alternatives(self, document):
        for figure in document.root.all("Figure", "Formula"):
            self.assertTrue((figure.alternative or "").strip())

    def links_have_words(self, document):
        tagged = []
        for link in document.root.all("Link"):
            annotations = [part.dictionary for part in link.held if isinstance(part, Annotation)]
            self.assertTrue(link.text, annotations)
            self.assertGreater(len(annotations), 0, link.text)
            for annotation in annotations:
                self.assertTrue(str(annotation.get("/Contents", "")), link.text)
            tagged += [annotation.objgen for annotation in annotations]
        there = [
            annotation.objgen
            for page in document.pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.Subtype == "/Link"
        ]
        self.assertEqual(sorted(tagged), sorted(there))

    def bookmarks_are_the_contents(self, document):
        """A bookmark leads to the page of a heading of its words, which is the page that the contents name."""
        entries = list(document.root.all("Reference"))
        # Those with a number of their own are the lists of figures and tables.
        contents = [entry.text for entry in entries if not any(entry.all("Lbl"))]
        captions = {(caption.text, caption.page) for caption in document.root.all("Caption")}
        for entry in entries:
            for number in entry.all("Lbl"):
                words, page = entry.text.removeprefix(number.text).strip().rsplit(" ", 1)
                named = [text for text, there in captions if there == int(page) and text.endswith(words)]
                self.assertTrue(any(text.startswith(f"{number.text} ") for text in named), entry.text)
        headings = document.root.all("H1", "H2", "H3", "H4", "H5", "H6")
        found = []
        for level, title, page in document.bookmarks():
            heading = next((heading for heading in headings if heading.text == title and heading.level == level), None)
            self.assertIsNotNone(heading, title)
            self.assertEqual(heading.page, page, title)
            # The contents show no more levels than these.
            if level <= 3:
                found.append(f"{title} {page}")
        self.assertEqual(found, contents)

    def another_reader_finds_the_same(self, document):
        """What poppler makes of the tags is what these tests do."""
        # It complains of attributes that the standard allows, and goes on.
        run = subprocess.run(["pdfinfo", "-struct", document.path], capture_output=True, check=True)
        told = re.findall(rb"^ *(H[1-6]|Table|TR|TH|TD|L|LI|Figure)\b", run.stdout, re.MULTILINE)
        kinds = ("H1", "H2", "H3", "H4", "H5", "H6", "Table", "TR", "TH", "TD", "L", "LI", "Figure")
        self.assertEqual([kind.decode() for kind in told], [tag.kind for tag in document.root.all(*kinds)])

    def test_of_the_sample(self):
        document = self.check("sample")
        kinds = {tag.kind for tag in document.root.all()}
        self.assertLessEqual({"Table", "L", "Figure", "TOC", "Link", "H5", "BlockQuote", "Code", "Note"}, kinds)

    def test_of_the_smallest_casebook(self):
        self.check("minimal")

    def test_of_a_form_of_a_group_s_own(self):
        self.check("own-form")

    def test_of_a_case_in_another_language(self):
        document = self.check("languages")
        languages = {}

        def walk(tag, language):
            language = tag.language or language
            for run in tag.runs if not tag.tags else []:
                # What is told again elsewhere is told first in the contents, and in full in the case.
                languages.setdefault((tag.kind, run.text.strip()), run.language or language)
            for below in tag.tags:
                walk(below, language)

        walk(document.root, str(document.pdf.Root.Lang))
        own = [
            ("H3", "Beispiel aus der Schweiz"),
            ("P", "Eine kurze Zusammenfassung."),
            ("P", "Die Fußnote."),
            ("LBody", "darunter"),
            ("TH", "Wert"),
        ]
        for place in own:
            self.assertEqual(languages[place], "de", place)
        self.assertEqual(languages["Title", "Languages"], "en")
        self.assertEqual(languages["H2", "Portals"], "en")
        (figure,) = [figure for figure in document.root.all("Figure") if figure.alternative == "Ein roter Punkt"]
        self.assertEqual(figure.language, "de")


if __name__ == "__main__":
    unittest.main()
