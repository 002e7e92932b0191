// Makes country-names.tsv, what the countries of ISO 3166-1 are called in the languages of the report's
// words, from Unicode CLDR (Copyright © 1991-2025 Unicode, Inc., licence Unicode-3.0).
//
//     npm pack cldr-localenames-full@48.2.0
//     tar xzf cldr-localenames-full-48.2.0.tgz
//     node scripts/pack-country-names.mjs package
//
// The columns are those of LANGUAGES in src/vocab/country_names.rs. Where CLDR has a shorter name that
// stands well in a table (Hongkong for Sonderverwaltungsregion Hongkong), it is taken.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [folder] = process.argv.slice(2);
const languages = ["de", "fr", "es", "it", "pl", "da", "sv", "nb", "fi", "et", "lv", "lt"];
const here = (name) => fileURLToPath(new URL(`../src/vocab/${name}`, import.meta.url));

// CLDR keeps Bokmål under the name of all Norwegian.
const territories = languages.map((language) => {
  const locale = language === "nb" ? "no" : language;
  const text = readFileSync(`${folder}/main/${locale}/territories.json`, "utf8");
  return JSON.parse(text).main[locale].localeDisplayNames.territories;
});
const codes = readFileSync(here("countries.tsv"), "utf8").trim().split("\n").map((line) => line.split("\t")[0]);
const short = new Set(["HK", "MO", "PS"]);
const nameOf = (names, code) => (short.has(code) && names[`${code}-alt-short`]) || names[code];
const lines = codes.map((code) => {
  const names = territories.map((names) => nameOf(names, code));
  names.forEach((name, at) => name ?? console.error(`${code}: CLDR has no name for it in ${languages[at]}`));
  return `${[code, ...names.map((name) => name ?? "")].join("\t")}\n`;
});
writeFileSync(here("country-names.tsv"), lines.join(""));
