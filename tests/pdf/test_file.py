"""Owns the file: sound, dated and described, in fonts of its own, and what it claims to be."""

import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

import pikepdf

from reports import report

# Names of properties in the metadata that go with the file, by the prefix that is used of them.
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


class Metadata:
    """The metadata that goes with a file."""

    def __init__(self, pdf):
        packet = pdf.Root.Metadata.read_bytes().decode().split("?>", 1)[1].rsplit("<?xpacket", 1)[0]
        self.root = ElementTree.fromstring(packet)

    def text(self, name):
        return self.root.findtext(f".//{name}", None, SPACES)

    def texts(self, name):
        return [item.text for item in self.root.findall(f".//{name}//rdf:li", SPACES)]


class TheFile(unittest.TestCase):
    def check(self, name, title, authors, date, language="en"):
        found = report(name)
        pdf, metadata = found.document.pdf, Metadata(found.document.pdf)
        run = subprocess.run(["qpdf", "--check", found.path], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.assertEqual(pdf.pdf_version, "1.7")
        self.assertEqual([metadata.text("pdfaid:part"), metadata.text("pdfaid:conformance")], ["2", "A"])
        self.assertEqual(metadata.text("pdfuaid:part"), "1")
        self.assertEqual([metadata.texts("dc:title"), str(pdf.docinfo.Title)], [[title], title])
        # PDF/A wants the same text in both places, so there is one entry for all.
        self.assertEqual([metadata.texts("dc:creator"), str(pdf.docinfo.Author)], [[", ".join(authors)], ", ".join(authors)])
        self.assertEqual([metadata.texts("dc:language"), str(pdf.Root.Lang)], [[language], language])
        self.assertEqual(metadata.text("xmp:CreateDate"), f"{date}T00:00:00Z")
        self.assertEqual(str(pdf.docinfo.CreationDate), f"D:{date.replace('-', '')}000000Z")
        self.assertTrue(pdf.Root.ViewerPreferences.DisplayDocTitle)
        self.assertTrue(pdf.Root.MarkInfo.Marked)
        # poppler says of the next that it is of a wrong type, but a boolean is what the standard asks for.
        self.assertIs(pdf.Root.MarkInfo.Suspects, False)
        self.assertNotIn("/Encrypt", pdf.trailer)
        return metadata, pdf

    def test_of_the_sample(self):
        metadata, pdf = self.check("sample", "Regional eHealth in Europe", ["The casebook project"], "2026-11-21")
        keywords = metadata.text("pdf:Keywords").split(", ")
        self.assertEqual(str(pdf.docinfo.Keywords).split(", "), keywords)
        self.assertIn("Home monitoring", keywords)
        self.assertEqual(len(keywords), len(set(keywords)))

    def test_of_a_case_in_another_language_and_two_editors(self):
        metadata, _ = self.check("languages", "Languages", ["First Editor", "Second Editor"], "2026-01-02")
        self.assertEqual(metadata.text("pdf:Keywords"), "Portals")


class TheFonts(unittest.TestCase):
    def check(self, name):
        document = report(name).document
        fonts = document.reader.fonts
        self.assertGreater(len(fonts), 1)
        for key, (_, texts) in fonts.items():
            font = document.pdf.get_object(key)
            with self.subTest(name=name, font=str(font.BaseFont)):
                (descendant,) = font.DescendantFonts
                files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys())
                self.assertEqual(len(files), 1, "the font is not in the file")
                shown = document.reader.shown[key]
                # The first glyph of every font is the box that stands for a letter that it lacks.
                self.assertNotIn(0, shown)
                self.assertEqual(shown - set(texts), set(), "glyphs without a text")
        # Each font of the file is one of those, also where nothing is shown in it.
        listed = {
            font.objgen
            for page in document.pdf.pages
            for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        }
        self.assertEqual(listed - set(fonts), set())

    def test_of_the_sample(self):
        self.check("sample")

    def test_of_a_form_of_a_group_s_own(self):
        self.check("own-form")

    def test_of_a_case_in_another_language(self):
        self.check("languages")


if __name__ == "__main__":
    unittest.main()
