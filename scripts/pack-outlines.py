#!/usr/bin/env python3
"""Packs outlines of countries into the files that src/cartography/outlines.rs reads.

    scripts/pack-outlines.py europe-outlines.json world-outlines.json

Both inputs are {"countries": [{"name": ..., "rings": [[[longitude, latitude], ...], ...]}, ...]},
made from Natural Earth (public domain): Europe at 1:50m, the world at 1:110m. The packed form:

- every number is a variable-length integer, seven bits a byte, the lowest first;
- the first number says how many units a degree has;
- then ring after ring: how many points it has, then each point's longitude and latitude in units,
  as the difference from the point before it (the very first from 0, 0), zigzag-coded: 0, -1, 1, -2;
- a ring ends where it began, and its last point is not repeated.

The world is cut at 168.5 degrees west, between Asia and America: longitudes run from -168.5 to
191.5, and no ring crosses the cut. Antarctica is left out: no region lies there.

Natural Earth shows who holds a place. Here three borders are left out that the United Nations do
not know (Crimea's, and those inside Cyprus and Somalia), and what the inputs lack between their
countries is filled.
"""
import json
import pathlib
import sys

CUT = -168.5
# What the map of Europe may show beside Europe: longitudes and latitudes.
WINDOW = ((-40, 65), (19, 84))
# A country, the one whose ring joins it, and a point that the ring has inside its bounds.
JOINED = [
    ("Ukraine", "Russia", (34.2, 45.2)),
    ("Cyprus", "N. Cyprus", (33.6, 35.3)),
    ("Somalia", "Somaliland", (46.0, 9.5)),
]
# Land that the inputs lack, between the corners of its neighbours.
GAPS = {
    "Liechtenstein": [(9.53, 47.27), (9.61, 47.11), (9.58, 47.06), (9.49, 47.06)],
    "West Bank": [
        (35.55, 32.4), (35.19, 32.54), (35.07, 32.46), (34.95, 32.16), (34.96, 31.82),
        (35.13, 31.82), (35.2, 31.75), (34.95, 31.6), (34.88, 31.37), (35.1, 31.37),
        (35.45, 31.48), (35.4, 31.23), (35.56, 31.77), (35.57, 32.64),
    ],
    "Gaza": [(34.25, 31.21), (34.53, 31.53), (34.48, 31.59)],
}
OUT = pathlib.Path(__file__).resolve().parent.parent / "src/cartography/outlines"


def number(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return out


def zigzag(value):
    return number(value << 1 if value >= 0 else (-value << 1) - 1)


def unwrapped(ring):
    """The ring without its repeated last point and without jumps, east of the cut."""
    out = [tuple(ring[0])]
    for x, y in ring[1:-1]:
        out.append((x - 360 * round((x - out[-1][0]) / 360), y))
    while min(x for x, _ in out) < CUT:
        out = [(x + 360, y) for x, y in out]
    assert max(x for x, _ in out) <= CUT + 360, "a ring crosses the cut"
    return out


def own_side(ring, shared):
    """The longest part of a ring that it has for itself, with the shared points at both ends."""
    start = next(index for index, point in enumerate(ring) if point in shared)
    turned = ring[start:] + ring[: start + 1]
    ends = [index for index, point in enumerate(turned) if point in shared]
    first, last = max(zip(ends, ends[1:]), key=lambda pair: pair[1] - pair[0])
    return turned[first : last + 1]


def joined(one, other):
    """The ring around two rings that share a border."""
    shared = set(one) & set(other)
    one, other = own_side(one, shared), own_side(other, shared)
    if one[-1] != other[0]:
        other = other[::-1]
    assert (one[-1], one[0]) == (other[0], other[-1]), "the rings share no border"
    return one + other[1:-1]


def has_in_bounds(ring, point):
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs) < point[0] < max(xs) and min(ys) < point[1] < max(ys)


def join(found, country, other, point):
    """Gives a country the other's smallest ring around a point."""
    around = [ring for ring in found.get(other, []) if has_in_bounds(ring, point)]
    if country not in found or not around:
        return
    ring = min(around, key=len)
    part = max(found[country], key=lambda part: len(set(part) & set(ring)))
    found[other].remove(ring)
    found[country][found[country].index(part)] = joined(part, ring)


def pack(rings, units):
    out = number(units)
    last = (0, 0)
    for ring in rings:
        points = []
        for x, y in ring:
            point = (round(x * units), round(y * units))
            if not points or point != points[-1]:
                points.append(point)
        if len(points) < 3:
            continue
        out += number(len(points))
        for point in points:
            out += zigzag(point[0] - last[0]) + zigzag(point[1] - last[1])
            last = point
    return out


def countries(path):
    found = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["countries"]
    out = {
        country["name"]: [unwrapped(ring) for ring in country["rings"]]
        for country in sorted(found, key=lambda country: country["name"])
        if country["name"] != "Antarctica"
    }
    for country, other, point in JOINED:
        join(out, country, other, point)
    return out


def in_window(ring):
    (west, east), (south, north) = WINDOW
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) > west and min(xs) < east and max(ys) > south and min(ys) < north


europe, world = (countries(path) for path in sys.argv[1:3])
# The neighbours that Europe's file lacks, coarser, so that no sea is drawn where they lie.
neighbours = {name: rings for name, rings in world.items() if name not in europe}
lands = [*europe.values(), *neighbours.values(), GAPS.values()]
around = [ring for rings in lands for ring in rings]
(OUT / "europe.bin").write_bytes(pack([ring for ring in around if in_window(ring)], 100))
(OUT / "world.bin").write_bytes(pack([ring for rings in world.values() for ring in rings], 10))
