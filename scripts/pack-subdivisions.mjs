// Makes subdivisions.tsv, the codes of ISO 3166-2 with their English names, from Unicode CLDR
// (Copyright © 1991-2025 Unicode, Inc., licence Unicode-3.0).
//
//     npm pack cldr-core@48.2.0 cldr-subdivisions-full@48.2.0
//     for archive in cldr-*.tgz; do mkdir "${archive%.tgz}"; tar xzf "$archive" -C "${archive%.tgz}"; done
//     node scripts/pack-subdivisions.mjs cldr-core-48.2.0 cldr-subdivisions-full-48.2.0
//
// CLDR keeps the names of codes that were withdrawn; what a country contains are today's codes. A
// code of a territory that has a country code too (FI-01, US-PR, CN-HK) has no name of its own in
// CLDR and takes the name of that country; three more are named here, and Prague is by its English name alone.
// The marks of notes behind some names are left out.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [core, full] = process.argv.slice(2);
const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const here = (name) => fileURLToPath(new URL(`../src/vocab/${name}`, import.meta.url));

const contained = json(`${core}/package/supplemental/subdivisionContainment.json`).supplemental.subdivisionContainment;
const aliases = json(`${core}/package/supplemental/aliases.json`).supplemental.metadata.alias.subdivisionAlias;
const names = json(`${full}/package/subdivisions/en/en.json`).subdivisions.localeDisplayNames.subdivisions;
const countries = new Map(readFileSync(here("countries.tsv"), "utf8").trim().split("\n").map((line) => line.split("\t")));

const nameless = { cnnm: "Inner Mongolia", frcp: "Clipperton Island", shta: "Tristan da Cunha" };
const renamed = { cz10: "Prague" };
const nameOf = (code) =>
  renamed[code] ??
  names[code]?.replace(/[¹²³]$/u, "") ??
  nameless[code] ??
  countries.get(aliases[code]?._replacement) ??
  countries.get(code.slice(2).toUpperCase());
const codes = [...new Set(Object.values(contained).flatMap((entry) => entry._contains))];
const rows = codes
  .filter((code) => /^[a-z]{2}[a-z0-9]{1,3}$/.test(code))
  .map((code) => [`${code.slice(0, 2)}-${code.slice(2)}`.toUpperCase(), nameOf(code), code]);
for (const [, , code] of rows.filter(([, name]) => name === undefined)) {
  console.error(`${code}: CLDR has no name for it; left out`);
}
const lines = rows.filter(([, name]) => name !== undefined).map(([code, name]) => `${code}\t${name}\n`);
// Sorted by bytes, as the other tables are.
lines.sort((one, two) => (one < two ? -1 : 1));
writeFileSync(here("subdivisions.tsv"), lines.join(""));
