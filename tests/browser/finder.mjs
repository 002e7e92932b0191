// Owns the finder under test, on the page of all cases and in report.html: how it is opened, what it shows, and
// what the cases say of it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newTab } from './report.mjs';

/** The folder of a built report by the variable that names it. */
export function folderOf(variable) {
  assert.ok(process.env[variable], `${variable} names no folder with a built report`);
  return resolve(process.env[variable]);
}

/** The address of the page on disk. */
export function onDisk(folder) {
  return pathToFileURL(join(folder, 'site/cases/index.html')).href;
}

/** The address of the report that is one page and has a finder of its own. */
export function inReport(folder) {
  return pathToFileURL(join(folder, 'report.html')).href;
}

/** Whether the page has its index: it is in it from the start, or came when it was asked for. */
const hasIndex = () => !!document.getElementById('finder-index') || globalThis.casebookFinder !== undefined;

/** The cases as the data have them. */
export async function casesOf(folder) {
  return JSON.parse(await readFile(join(folder, 'data/cases.json'), 'utf8')).cases;
}

/** Opens the page with a selection, and waits until it shows it. What goes wrong is kept in `errors`. */
export async function openFinder(browser, url, options = {}) {
  const tab = await newTab(browser, options);
  await tab.goto(url);
  if (url.includes('?')) await tab.waitForFunction(hasIndex);
  await settled(tab);
  return tab;
}

/** Waits until all cases that fit stand in the page: it tells their number at once. */
export async function settled(tab) {
  await tab.waitForFunction(() => {
    // Whoever changed something waits for the index first.
    const isLoading = document.querySelector('script[src*="finder-index"]') && !globalThis.casebookFinder;
    if (isLoading) return false;
    const [shown] = document.getElementById('finder-status').textContent.match(/\d+/) ?? [];
    const list = document.querySelector('.finder-table:not([hidden]) tbody') ?? document.getElementById('finder-cards');
    return shown === undefined || list.childElementCount === Number(shown);
  });
}

/** The names of the cases shown, in their order. */
export async function shown(tab) {
  await settled(tab);
  return tab.evaluate(() => {
    const list = document.querySelector('.finder-table:not([hidden]) tbody') ?? document.getElementById('finder-cards');
    return [...list.children].map((found) => found.querySelector('a').getAttribute('href').replace(/^#case__|\.html$/g, ''));
  });
}

/** Types words in the place of those that are there. */
export async function search(tab, words) {
  await tab.locator('#finder-words').fill(words);
  await tab.waitForFunction(hasIndex);
  return shown(tab);
}

/** The number beside each value of the filters, by facet and value. */
export function counts(tab) {
  return tab.evaluate(() =>
    [...document.querySelectorAll('#finder-facets input')].map((input) => ({
      facet: input.name,
      value: input.value,
      count: Number(input.parentElement.querySelector('.count').textContent.replace(/\D/g, '')),
    })),
  );
}

/** Whether a case has a value of a facet, by its own words alone. */
export function hasValue(found, facet, value) {
  const year = found.period ? String(found.period.start).slice(0, 4) : undefined;
  const values = {
    region: () => found.regions.some((code) => code.startsWith(value) || code.startsWith(`${value}-`)),
    theme: () => found.themes.includes(value),
    outcome: () => found.outcome === value,
    status: () => found.status === value,
    scope: () => found.scope === value,
    evidence: () => found.evidence_level === value,
    challenge: () => value in (found.challenges ?? {}),
    year: () => year === value,
  };
  return values[facet]?.();
}

/** The words of a text, as a reader would compare them; told by other means than the page's. */
export function wordsOf(text) {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** All texts of a value of the data. */
export function textsOf(value) {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}
