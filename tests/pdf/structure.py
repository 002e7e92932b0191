"""Owns a PDF as those read it who do not see it: its tree of tags, with the text that each holds."""

from dataclasses import dataclass, field

import pikepdf

from content import Reader, Run

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

# After these at the end of a line, the next begins without a space.
JOINING = " \u00a0\u200b-/"


@dataclass
class Tag:
    """An element of the structure: its kind, what it says of itself, and what it holds in order."""

    kind: str
    language: str | None
    alternative: str | None
    attributes: dict
    held: list = field(default_factory=list)

    @property
    def tags(self):
        return [part for part in self.held if isinstance(part, Tag)]

    @property
    def runs(self):
        """The runs below it in the order of reading."""
        return (piece for piece in self.pieces() if isinstance(piece, Run))

    def pieces(self, around_links=("", "")):
        """The runs below it in the order of reading, with words before and after each link."""
        before, after = around_links if self.kind == "Link" else ("", "")
        yield before
        for part in self.held:
            if isinstance(part, Tag):
                yield from part.pieces(around_links)
            elif isinstance(part, Run):
                yield part
        yield after

    @property
    def text(self):
        return joined(self.pieces())

    @property
    def page(self):
        """The page on which it begins."""
        return next((run.page for run in self.runs), None)

    @property
    def level(self):
        return int(self.kind[1:]) if self.kind in HEADINGS else None

    def all(self, *kinds):
        """It and all below it, in the order of reading; of some kinds only, if any are named."""
        if not kinds or self.kind in kinds:
            yield self
        for tag in self.tags:
            yield from tag.all(*kinds)


def joined(pieces):
    """Pieces as one line of text. A word that is broken over lines ends with a soft hyphen."""
    text, height = "", None
    for piece in pieces:
        words = piece.text if isinstance(piece, Run) else piece
        if not words:
            continue
        if isinstance(piece, Run):
            if text.endswith("\u00ad"):
                text = text[:-1]
            elif text and piece.height != height and text[-1] not in JOINING:
                text += " "
            height = piece.height
        text += words
    # Places where a line may break, and where it must not, are not heard.
    return " ".join(text.replace("\u200b", "").replace("\u2060", "").split())


@dataclass
class Annotation:
    """What an element holds that can be acted on: a link."""

    dictionary: pikepdf.Dictionary


class Document:
    """A PDF with its structure. Its file stays open."""

    def __init__(self, path):
        self.path = path
        self.pdf = pikepdf.open(path)
        self.reader = Reader()
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        self.runs = [self.reader.runs(number, page) for number, page in enumerate(self.pdf.pages, 1)]
        self.numbered = {(run.page, run.number): run for runs in self.runs for run in runs if run.number is not None}
        self.tagged = []
        (top,) = self.pdf.Root.StructTreeRoot.K
        self.root = self.tag(top, None)

    def tag(self, element, page):
        page = element.get("/Pg", page)
        attributes = {}
        found = element.get("/A", pikepdf.Array([]))
        for owned in found if isinstance(found, pikepdf.Array) else [found]:
            attributes |= {str(key)[1:]: value for key, value in owned.items()}
        said = {key: str(element[key]) if key in element else None for key in ("/Lang", "/Alt")}
        tag = Tag(str(element.S)[1:], said["/Lang"], said["/Alt"], attributes)
        held = element.get("/K", pikepdf.Array([]))
        for part in held if isinstance(held, pikepdf.Array) else [held]:
            tag.held.append(self.part(part, page))
        return tag

    def part(self, part, page):
        """What an element holds: another, a link, or a run by its number on a page."""
        if not isinstance(part, int) and "/S" in part:
            return self.tag(part, page)
        if not isinstance(part, int) and part.get("/Type") == "/OBJR":
            return Annotation(part.Obj)
        if not isinstance(part, int):
            page, part = part.get("/Pg", page), part.MCID
        key = (self.pages[page.objgen], int(part))
        self.tagged.append(key)
        return self.numbered[key]

    def bookmarks(self):
        """Level, words and page of each bookmark."""
        with self.pdf.open_outline() as outline:
            yield from self.below(outline.root, 1)

    def below(self, bookmarks, level):
        for bookmark in bookmarks:
            target = bookmark.destination
            yield level, bookmark.title, self.pages[target[0].objgen]
            yield from self.below(bookmark.children, level + 1)
