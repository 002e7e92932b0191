"""Owns what a listener hears: the structure read aloud in lines, much as a screen reader does."""

from structure import Tag, joined

LINKS = ("‹link ", "›")

# Tags that group others and say nothing of themselves.
GROUPS = ("Document", "Part", "Sect", "Div", "THead", "TBody", "TFoot", "TOC", "Terms")


def counted(count, one, many):
    return f"{count} {one if count == 1 else many}"


def line(tag):
    return joined(tag.pieces(LINKS))


def spoken(tag, depth=0):
    """The lines of a tag and of all below it; what is inside of a list or table stands further in."""
    indent = "  " * depth
    if tag.level:
        yield f"{indent}heading level {tag.level}: {line(tag)}"
    elif tag.kind == "L":
        items = [item for item in tag.tags if item.kind == "LI"]
        yield f"{indent}list with {counted(len(items), 'item', 'items')}"
        for item in tag.tags:
            # A list in a list stands between its items.
            yield from item_lines(item, depth + 1) if item.kind == "LI" else spoken(item, depth + 1)
    elif tag.kind == "Table":
        yield from table_lines(tag, depth)
    elif tag.kind == "Figure":
        yield f"{indent}graphic: {tag.alternative}"
    elif tag.kind in GROUPS:
        for below in tag.tags:
            yield from spoken(below, depth)
    elif line(tag):
        yield f"{indent}{line(tag)}"


def item_lines(item, depth):
    """An item begins with its mark; lists and headings inside of it follow."""
    mark = " ".join(label.text for label in item.all("Lbl"))
    for position, below in enumerate(inside(next(item.all("LBody")))):
        for said in spoken(below, depth):
            yield said if position else f"{'  ' * depth}{mark} {said.strip()}"


def inside(body):
    """The parts of a list's item: what stands in a line makes one."""
    own_line = Tag("Span", None, None, {})
    parts = []
    for part in body.held:
        if isinstance(part, Tag) and part.kind in ("L", "P", "Table", "Figure", "Div"):
            parts.append(part)
        else:
            if not parts or parts[-1] is not own_line:
                own_line = Tag("Span", None, None, {})
                parts.append(own_line)
            own_line.held.append(part)
    return parts


def table_lines(table, depth):
    rows = list(table.all("TR"))
    columns = max(sum(int(cell.attributes.get("ColSpan", 1)) for cell in row.tags) for row in rows)
    indent = "  " * depth
    yield f"{indent}table with {counted(columns, 'column', 'columns')} and {counted(len(rows), 'row', 'rows')}"
    for row in rows:
        cells = [f"{role(cell)}{line(cell) or 'blank'}" for cell in row.tags]
        yield f"{indent}  row: {' | '.join(cells)}"


def role(cell):
    if cell.kind != "TH":
        return ""
    return {"/Column": "column header ", "/Row": "row header "}.get(str(cell.attributes.get("Scope")), "header ")
