"""Owns the files of a site for other software: readers of feeds and calendars understand them as meant."""

import datetime
import json
import tempfile
import unittest
from pathlib import Path

import feedparser
import icalendar

from exported import HOSTILE, MANIFEST, PRIVATE, program, write_hostile

SITE = "https://example.org/reports/one"


def in_line(text):
    """A text as it stands in one line."""
    return " ".join(text.split())


def write_site(folder):
    """A hostile casebook with an address, and with an activity for each of its texts."""
    write_hostile(folder)
    activities = [
        {"title": in_line(text), "type": "meeting", "date": f"2007-05-{number + 1:02}", "place": in_line(text)}
        for number, text in enumerate(HOSTILE)
    ]
    activities.append({"title": "Two days", "type": "seminar", "date": "2008-02-28", "end": "2008-02-29", "url": SITE})
    activities.append({"title": "No day", "type": "seminar", "date": "2008-02"})
    more = {"site": {"url": SITE}, "activities": activities}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in more.items())
    (folder / "casebook.yaml").write_text(MANIFEST + lines)
    return folder


class TheSite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        keep = tempfile.TemporaryDirectory()
        cls.addClassCleanup(keep.cleanup)
        root, built = Path(keep.name) / "casebook", Path(keep.name) / "built"
        root.mkdir()
        program("build", "--root", write_site(root), "-o", built, "--format", "site", "-q")
        cls.site = built / "site"

    def test_the_feed_is_read_as_meant(self):
        text = (self.site / "feed.xml").read_bytes()
        feed = feedparser.parse(text)
        self.assertFalse(feed.bozo, feed.get("bozo_exception"))
        self.assertEqual(feed.version, "atom10")
        self.assertEqual(feed.feed.title, "=Hostile; 'title'")
        self.assertEqual(feed.feed.updated_parsed[:3], (2026, 1, 2))
        entries = {entry.id: entry for entry in feed.entries}
        self.assertEqual(len(entries), len(HOSTILE))
        for number, hostile in enumerate(HOSTILE):
            entry = entries[f"{SITE}/cases/c{number}.html"]
            self.assertEqual(entry.link, entry.id)
            self.assertEqual((entry.title, entry.summary), (in_line(hostile), in_line(hostile)))
            self.assertEqual(entry.title_detail.type, "text/plain")
        self.assertFalse([word for word in PRIVATE if word in text.decode()])

    def test_the_calendar_is_read_as_meant(self):
        calendar = icalendar.Calendar.from_ical((self.site / "calendar.ics").read_bytes())
        events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
        expected = [in_line(text) for text in HOSTILE] + ["Two days"]
        self.assertEqual(list(events), expected)
        self.assertEqual(len({event["uid"] for event in events.values()}), len(expected))
        for number, title in enumerate(expected[:-1]):
            event = events[title]
            self.assertEqual(str(event["location"]), title)
            day = datetime.date(2007, 5, number + 1)
            self.assertEqual((event.start, event.end), (day, day + datetime.timedelta(1)))
        two = events["Two days"]
        self.assertEqual((two.start, two.end), (datetime.date(2008, 2, 28), datetime.date(2008, 3, 1)))
        self.assertEqual(str(two["url"]), SITE)
        self.assertEqual({event["dtstamp"].dt.isoformat() for event in events.values()}, {"2026-01-02T00:00:00+00:00"})
        self.assertEqual(calendar.walk("VEVENT")[0].errors, [])
