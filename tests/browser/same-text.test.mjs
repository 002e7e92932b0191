// Owns that the outputs say the same: every text of every case is on its page of the site, in report.html and
// in the PDF, whole, and the story of each in the order of the form.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();
const FORM = join(dirname(fileURLToPath(import.meta.url)), '../../src/form/case.schema.json');
const { properties } = JSON.parse(await readFile(FORM, 'utf8'));

/** The texts of the story, in the order of the form. */
const STORY = Object.keys(properties).filter((name) => properties[name].$ref?.startsWith('#/$defs/markdown'));

/** What is a code, a number or an address to the form: it is printed as a name, or leads somewhere. */
const NO_TEXT = new Set([
  'id', 'language', 'regions', 'region', 'themes', 'status', 'outcome', 'scope', 'evidence_level', 'role', 'url', 'qualifier',
  'source', 'related', 'when', 'start', 'end', 'currency', 'frequency', 'keywords',
]);

/** Only letters and digits: lines, marks of lists, quotation marks and spaces are none of the text. */
function letters(text) {
  return text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
}

/** A text of the data as it is shown, without its marks and citations: their numbers are the report's own. */
function shownText(text) {
  return letters(
    text
      .replace(/\[@[^\]]*\]/g, '')
      .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/^\s*\d+[.)]\s/gm, ''),
  );
}

/** What stands on a page, without the numbers of citations. */
function onPage(text) {
  return letters(text.replace(/\[\d+(,\s*\d+)*\]/g, ''));
}

/** All texts of a value with the keys that lead to them. */
function textsOf(value, path = []) {
  if (NO_TEXT.has(path.at(-1))) return [];
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, ...(Array.isArray(value) ? [] : [key])]));
}

/** What a place lacks of a case: texts that it does not have, and a story out of order. */
function lacks(found, text, place) {
  const page = onPage(text);
  const problems = [];
  const all = textsOf(found);
  assert.ok(all.length > 8, `${found.id} has few texts`);
  for (const [key, told] of all) {
    if (!page.includes(shownText(told))) problems.push(`${place}: ${found.id} lacks ${key}: ${told.slice(0, 80)}`);
  }
  let from = 0;
  for (const name of STORY.filter((name) => found[name])) {
    const at = page.indexOf(shownText(found[name]), from);
    if (at < 0) problems.push(`${place}: ${found.id} has ${name} out of order`);
    else from = at;
  }
  return problems;
}

test('the page of each case on the site has all of its texts', async () => {
  const tab = await report.browser.newPage();
  const problems = [];
  for (const page of report.casePages) {
    await tab.goto(page.url);
    // What is folded away is there as well.
    const text = await tab.evaluate(() => document.querySelector('main').textContent);
    problems.push(...lacks(page.case, text, 'site'));
  }
  assert.equal(report.casePages.length, report.cases.length);
  assertNone(problems);
});

test('report.html has all texts of each case together', async () => {
  const tab = await report.browser.newPage();
  await tab.goto(report.single.url);
  const texts = new Map(
    await tab.$$eval('article', (articles) =>
      articles.map((article) => [article.querySelector('[id^="case__"]')?.id.replace('case__', ''), article.textContent]),
    ),
  );
  assertNone(report.cases.flatMap((found) => lacks(found, texts.get(found.id) ?? '', 'report.html')));
});

test('the PDF has all texts of each case', () => {
  const path = join(process.env.REPORT_DIR, 'report.pdf');
  const pages = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\f');
  // Without what stands at the head and the foot of every page, and without the numbers of lists.
  const texts = pages.map((page) => page.trim().split('\n').slice(1, -1).join('\n'));
  const text = texts.join('\n').replace(/^\d{1,2}\. /gm, '');
  assertNone(report.cases.flatMap((found) => lacks(found, text, 'report.pdf')));
});
