"""Owns the recount: DuckDB counts cases.csv again and comes to the same figures."""

import json
import re
import tempfile
import unittest
from pathlib import Path

import duckdb

from exported import REPOSITORY, Exported, list_of, program, text_of, write_hostile

# The column of cases.csv behind each facet.
LISTS = {
    "country": "countries",
    "region": "regions",
    "group": "groups",
    "theme": "themes",
    "status": "status",
    "outcome": "outcome",
    "scope": "scope",
    "evidence": "evidence_level",
    "organisation": "organisations",
    "standard": "standards",
    "component": "components",
    "programme": "programmes",
    "challenge": "challenges",
    "keyword": "keywords",
}

PAIRS = [("country", "theme"), ("theme", "outcome"), ("country", "outcome")]


class Recount(unittest.TestCase):
    def check(self, root, own=()):
        exported = Exported(root)
        values = []
        for row in exported.cells("cases"):
            for facet, column in (LISTS | dict(own)).items():
                values += [(row["id"], facet, value) for value in set(list_of(row[column]))]
            if row["start"]:
                values.append((row["id"], "year", row["start"][:4]))
        engine = duckdb.connect()
        engine.execute("create table value (id text, facet text, value text)")
        engine.executemany("insert into value values (?, ?, ?)", values)
        # Codes of NUTS begin with those of the regions that they lie in.
        for level in (1, 2, 3):
            engine.execute(
                "insert into value select distinct id, ?, left(value, ?) from value "
                "where facet = 'region' and length(value) >= ? and value not like '%-%'",
                [f"region:{level}", level + 2, level + 2],
            )
        counted = engine.execute(
            "select facet, value, '', '', count(distinct id), list_sort(list(distinct id)) "
            "from value group by all"
        ).fetchall()
        for one, two in PAIRS:
            counted += engine.execute(
                "select a.facet, a.value, b.facet, b.value, count(distinct a.id), list_sort(list(distinct a.id)) "
                "from value a join value b on a.id = b.id where a.facet = ? and b.facet = ? group by all",
                [one, two],
            ).fetchall()
        ids = sorted(row["id"] for row in exported.cells("cases"))
        counted.append(("all", "", "", "", len(ids), ids))
        said = [
            (*(text_of(row[name]) for name in ["facet", "value", "facet_2", "value_2"]), int(row["cases"]), sorted(list_of(row["case_ids"])))
            for row in exported.cells("figures")
        ]
        self.maxDiff = None
        self.assertEqual(sorted(said), sorted(counted))
        self.assertGreater(len(said), 20)

    def check_gaps(self, root, themes, groups):
        """Each gap is found again by asking every case."""
        exported = Exported(root)
        cases = [
            {column: set(list_of(row[column])) for column in ("themes", "countries", "regions")}
            for row in exported.cells("cases")
        ]
        gaps = {("all", "", "theme", key) for key in themes if not any(key in case["themes"] for case in cases)}
        for country in {code for case in cases for code in case["countries"]}:
            there = set().union(*(case["themes"] for case in cases if country in case["countries"]))
            gaps |= {("country", country, "theme", key) for key in themes if key not in there}
        for name, members in groups.items():
            # Codes of NUTS begin with those of the regions that they lie in.
            covered = {code for code in members for case in cases if any(region.startswith(code) for region in case["regions"])}
            gaps |= {("group", name, "region", code) for code in members if code not in covered}
        columns = ["place_kind", "place", "missing_kind", "missing"]
        said = [tuple(text_of(row[column]) for column in columns) for row in exported.cells("coverage")]
        self.maxDiff = None
        self.assertEqual(sorted(said), sorted(gaps))

    def test_the_gaps_of_the_sample(self):
        schema = json.loads(program("schema", "show", "--root", REPOSITORY))
        themes = schema["properties"]["themes"]["items"]["enum"]
        # The manifest lists a group's members in one line.
        _, listed = (REPOSITORY / "casebook.yaml").read_text().split("\n  groups:\n")
        groups = re.findall(r"^    ([\w ]+): \[([\w, ]+)\]$", listed.split("\n\n")[0], re.MULTILINE)
        groups = {name: re.split(", ?", members) for name, members in groups}
        self.assertIn("Around the Baltic Sea", groups)
        self.check_gaps(REPOSITORY, themes, groups)

    def test_gaps_of_all_kinds(self):
        with tempfile.TemporaryDirectory() as folder:
            root = write_hostile(Path(folder))
            manifest = (root / "casebook.yaml").read_text()
            (root / "casebook.yaml").write_text(manifest.replace("[SE, EE]", "[SE, EE, DK, DE8]"))
            self.check_gaps(root, ["telestroke", "unused"], {"=Group; one": ["SE", "EE", "DK", "DE8"]})

    def test_the_sample(self):
        self.check(REPOSITORY)

    def test_facets_of_a_group_s_own(self):
        with tempfile.TemporaryDirectory() as folder:
            own = {"kind": "kind", "summary": "facet_summary"}
            self.check(write_hostile(Path(folder)), own)


if __name__ == "__main__":
    unittest.main()
