// Owns the links inside the report: each leads to a page, and to a place in it, that exists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();
const tab = await report.browser.newPage();

/** The places and the links of each page, by the page's address. */
const pages = new Map();
for (const page of report.all) {
  await tab.goto(page.url);
  const found = await tab.evaluate(() => ({
    ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
    links: [...document.links].map((link) => ({ written: link.getAttribute('href'), url: link.href })),
  }));
  pages.set(page.url, { name: page.name, ...found });
}

/** What is wrong with a link on a page, or nothing. */
function problemOf(link, from) {
  if (!URL.canParse(link.url)) return 'is no address';
  const target = new URL(link.url);
  const fragment = decodeURIComponent(target.hash.slice(1));
  const hasFragment = target.href.includes('#');
  target.hash = '';
  const internal = target.protocol === 'file:' || target.origin === report.origin;
  if (!internal) {
    return ['http:', 'https:', 'mailto:'].includes(target.protocol) ? undefined : 'has an odd scheme';
  }
  // The one file must stand alone, also when it is sent to someone without the site.
  if (from === report.single.url && target.href !== from) return 'leaves report.html';
  const page = pages.get(target.href);
  if (!page) return 'leads to no page';
  if (hasFragment && !page.ids.includes(fragment)) return `leads to no place in ${page.name}`;
}

test('every internal link and anchor resolves', () => {
  const problems = [];
  for (const [url, page] of pages) {
    for (const link of page.links) {
      const problem = problemOf(link, url);
      if (problem) problems.push(`${page.name}: ${link.written} ${problem}`);
    }
  }
  assertNone(problems);
});

test('report.html and the index have anchors to follow', () => {
  // Without any link the test above would pass on a page that lost its contents.
  for (const page of [report.single, report.index]) {
    const inside = pages.get(page.url).links.filter((link) => link.url.startsWith(`${page.url}#`));
    assert.ok(inside.length > 0, page.name);
  }
});

test('no place has its name twice on a page', () => {
  const problems = [];
  for (const page of pages.values()) {
    const twice = page.ids.filter((id, position) => page.ids.indexOf(id) !== position);
    for (const id of new Set(twice)) problems.push(`${page.name}: #${id}`);
  }
  assertNone(problems);
});

test('the site has a page for each case and no other', () => {
  const expected = report.cases.map((found) => `site/cases/${found.id}.html`);
  const names = report.site.map((page) => page.name);
  assert.deepEqual(names.sort(), ['site/index.html', ...expected].sort());
});

test('the index leads to each case, and each case back', () => {
  const targets = (page) => pages.get(page.url).links.map((link) => link.url.split('#')[0]);
  const fromIndex = new Set(targets(report.index));
  const problems = [];
  for (const page of report.casePages) {
    if (!fromIndex.has(page.url)) problems.push(`site/index.html has no link to ${page.name}`);
    if (!targets(page).includes(report.index.url)) problems.push(`${page.name} has no link back`);
  }
  assertNone(problems);
});
