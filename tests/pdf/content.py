"""Owns the way from a page's content stream to what is drawn on it: marked runs of text and of shapes."""

import re
from dataclasses import dataclass

import pikepdf

SHOWING = {"Tj", "TJ", "'", '"'}
PAINTING = SHOWING | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}


@dataclass
class Run:
    """What one marked sequence of a page draws: an artefact, or content that a tag holds."""

    page: int
    number: int | None
    language: str | None
    is_artifact: bool
    text: str = ""
    # How high on the page the text stands.
    height: float | None = None


@dataclass
class Replacement:
    """What is to be read instead of what is drawn."""

    text: str
    is_said: bool = False


def unicode_of(font):
    """The texts of a font's codes, and how many bytes a code has. Every font must have them."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    (width,) = {len(code) // 2 for code in re.findall(r"begincodespacerange\s*<(\w+)>", cmap)}

    def decoded(digits):
        return bytes.fromhex(digits).decode("utf-16-be")

    texts = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            texts[int(code, 16)] = decoded(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                start = decoded(text)
                texts[int(first, 16) + offset] = start[:-1] + chr(ord(start[-1]) + offset)
    return width, texts


class Reader:
    """Reads the runs of pages, and the codes that each font shows."""

    def __init__(self):
        self.fonts = {}
        self.shown = {}

    def font(self, dictionary):
        key = dictionary.objgen
        if key not in self.fonts:
            self.fonts[key] = unicode_of(dictionary)
            self.shown[key] = set()
        return key

    def decoded(self, key, operands):
        width, texts = self.fonts[key]
        found = ""
        for operand in operands:
            pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
            for piece in pieces:
                if not isinstance(piece, pikepdf.String):
                    continue
                data = bytes(piece)
                for start in range(0, len(data), width):
                    code = int.from_bytes(data[start : start + width])
                    self.shown[key].add(code)
                    found += texts.get(code, "\ufffd")
        return found

    def runs(self, page_number, page):
        """The runs of a page in the order of drawing; what is drawn outside of any is one without number."""
        runs, marks, states = [], [], []
        font = height = None
        for operands, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            if operator in ("BDC", "BMC"):
                marks.append(self.mark(page_number, str(operands[0]), operands[1] if operator == "BDC" else {}))
                runs += [mark for mark in marks[-1:] if isinstance(mark, Run)]
            elif operator == "EMC":
                marks.pop()
            elif operator == "q":
                states.append((font, height))
            elif operator == "Q":
                font, height = states.pop()
            elif operator == "cm":
                height = float(operands[5])
            elif operator == "Tf":
                font = self.font(page.Resources.Font[str(operands[0])])
            elif operator in PAINTING:
                run = next((mark for mark in reversed(marks) if isinstance(mark, Run)), None)
                if run is None:
                    run = Run(page_number, None, None, False)
                    runs.append(run)
                if operator in SHOWING:
                    self.show(run, marks, height, self.decoded(font, operands))
        return runs

    def show(self, run, marks, height, text):
        """Adds a text to a run. A replacement stands once for all that it replaces."""
        for mark in marks:
            if isinstance(mark, Replacement):
                text = "" if mark.is_said else mark.text
                mark.is_said = True
        run.text += text
        if run.height is None:
            run.height = height

    def mark(self, page_number, tag, properties):
        if "/MCID" in properties or tag == "/Artifact":
            language = str(properties["/Lang"]) if "/Lang" in properties else None
            number = int(properties["/MCID"]) if "/MCID" in properties else None
            return Run(page_number, number, language, tag == "/Artifact")
        if "/ActualText" in properties:
            return Replacement(str(properties["/ActualText"]))
        return None
