"""Owns the order of reading: what is heard of a case is its text, whole and in the order of the form."""

import json
import re
import unittest

from content import Run
from reports import REPOSITORY, report
from structure import Tag

FORM = REPOSITORY / "src/form/case.schema.json"


def texts_of(fields):
    """The names of the Markdown texts among fields of the form, in its order."""
    return [name for name, field in fields.items() if field.get("$ref", "").startswith("#/$defs/markdown")]


FIELDS = json.loads(FORM.read_text())["properties"]
STORY = [name for name in texts_of(FIELDS) if name != "summary"]


def letters(text):
    """Only letters and digits: how a line is broken and how a list is marked is none of the text."""
    return "".join(character for character in text if character.isalnum())


def without_markup(text):
    """A text of a case as it is to be heard, without citations: their numbers are the report's own."""
    # A note is heard where its mark is.
    for mark, note in re.findall(r"^(\[\^\w+\]):(.*)$", text, re.MULTILINE):
        text = text.replace(f"{mark}:{note}", "").replace(mark, note)
    text = re.sub(r"\[@[^\]]*\]", "", text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    # Numbers of a list are its marks.
    return re.sub(r"^\s*\d+[.)]\s", "", text, flags=re.MULTILINE)


def heard(tags):
    """What is heard of tags, without marks of lists and notes and without the numbers of citations."""

    def words(tag):
        if tag.kind != "Lbl":
            for part in tag.held:
                if isinstance(part, Tag):
                    yield from words(part)
                elif isinstance(part, Run):
                    yield part.text

    text = "".join(word for tag in tags for word in words(tag))
    return re.sub(r"\[(\d+(, )?)+\]", "", text)


class TheOrder(unittest.TestCase):
    def check(self, name, at_least):
        found = report(name)
        headings = found.document.root.tags
        for case in found.cases:
            with self.subTest(report=name, case=case["id"]):
                text = letters(heard(self.tags_of(headings, case["title"])))
                place = 0
                for field, part in self.parts(case):
                    sought = letters(without_markup(part))
                    at = text.find(sought, place)
                    self.assertGreaterEqual(at, 0, f"{field} is not heard after what stands before it: {part}")
                    place = at + len(sought)
                # Their order is that of their numbers, which the report gives them.
                for source in case.get("sources", {}).values():
                    self.assertIn(letters(source["title"]), text[place:])
        self.assertGreaterEqual(len(found.cases), at_least)

    def tags_of(self, tags, title):
        """What stands from a case's title to the next title of its rank."""
        start = next(index for index, tag in enumerate(tags) if tag.kind == "H3" and tag.text == title)
        end = next((index for index, tag in enumerate(tags) if index > start and (tag.level or 9) <= 3), len(tags))
        return tags[start:end]

    def parts(self, case):
        """Fields of a case and their texts, in the order in which a page tells them."""
        yield "title", case["title"]
        yield "summary", case["summary"]
        for field in STORY:
            yield field, case.get(field, "")
        yield "technology", case.get("technology", {}).get("description", "")
        for field in ("results", "scale"):
            for figure in case.get(field, []):
                yield field, figure["measure"]
                yield field, figure.get("note", "")
        for entry in case.get("funding", []):
            yield "funding", entry.get("funder", entry.get("programme", ""))
        for entry in case.get("costs", []):
            yield "costs", entry["what"]
        for group in ("lessons", "transfer"):
            for field in texts_of(FIELDS[group]["properties"]):
                for text in case.get(group, {}).get(field, []):
                    yield field, text
        for field in texts_of(FIELDS["challenges"]["properties"]):
            yield field, case.get("challenges", {}).get(field, "")

    def test_of_the_sample(self):
        self.assertIn("solution", STORY)
        self.check("sample", at_least=41)

    def test_of_the_smallest_casebook(self):
        self.check("minimal", at_least=3)

    def test_of_a_case_in_another_language(self):
        self.check("languages", at_least=1)


if __name__ == "__main__":
    unittest.main()
