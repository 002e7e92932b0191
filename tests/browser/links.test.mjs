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
    beside: [...document.querySelectorAll('a[rel]')].map(({ rel, href }) => ({ rel, url: href })),
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
  if (report.others.has(target.href)) return undefined;
  // The finder may be asked for some of the cases.
  const chosen = target.search;
  target.search = '';
  // The one file must stand alone, also when it is sent to someone without the site.
  if (from === report.single.url && target.href !== from) return 'leaves report.html';
  const page = pages.get(target.href);
  const isFinder = page?.ids.includes(from === report.single.url && fragment === 'finder' ? 'finder' : 'finder-cards');
  if (!page || (chosen && !isFinder)) return 'leads to no page';
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

/** The pages that a page leads to. */
const targetsOf = (page) => new Set(pages.get(page.url).links.map((link) => link.url.split('#')[0]));

test('the site has a page for each case and no other of cases', () => {
  const expected = report.cases.map((found) => `site/cases/${found.id}.html`);
  assert.deepEqual(report.casePages.map((page) => page.name).sort(), expected.sort());
});

test('the list leads to each case, and each case back to it and to the first page', () => {
  const listed = targetsOf(report.kinds.list[0]);
  const problems = [];
  for (const page of report.casePages) {
    if (!listed.has(page.url)) problems.push(`the list has no link to ${page.name}`);
    for (const around of [report.index, report.kinds.list[0]]) {
      if (!targetsOf(page).has(around.url)) problems.push(`${page.name} has no link back to ${around.name}`);
    }
  }
  assertNone(problems);
});

test('every page of the site can be reached from the first', () => {
  const reached = new Set([report.index.url]);
  for (const url of reached) {
    for (const target of targetsOf({ url })) if (pages.has(target)) reached.add(target);
  }
  const lost = report.site.filter((page) => !reached.has(page.url));
  assertNone(lost.map((page) => page.name));
});

test('who goes on from page to page comes by all parts, and by all cases', () => {
  /** The page that follows, by the page that is left. */
  const follow = (page, rel) => pages.get(page.url).beside.find((link) => link.rel === rel)?.url;
  const walk = (first) => {
    const seen = [];
    for (let url = first.url; url; url = follow({ url }, 'next')) {
      assert.ok(!seen.includes(url), `a circle at ${url}`);
      if (seen.length > 0) assert.equal(follow({ url }, 'prev'), seen.at(-1), `back from ${url}`);
      seen.push(url);
    }
    return seen;
  };
  const parts = walk(report.index);
  assert.ok(parts.length > 15, `${parts.length} parts`);
  for (const part of [...report.kinds.chapter, ...report.kinds.list]) assert.ok(parts.includes(part.url), part.name);
  const first = report.casePages.find((page) => !follow(page, 'prev'));
  assert.equal(walk(first).length, report.casePages.length);
});

test('themes and regions lead to their cases in the page of all cases', async () => {
  const chosen = [report.kinds.theme.at(0), report.kinds.theme.at(-1), report.kinds.region.at(0)];
  for (const page of chosen) {
    await tab.goto(page.url);
    const cards = await tab.locator('main ul.cards > li').count();
    assert.ok(cards > 0, page.name);
    await tab.locator('main a[href*="index.html?"]:not([data-find])').click();
    await tab.locator('#finder-chosen button, #finder-chosen a').first().waitFor();
    assert.equal(await tab.locator('#finder-cards > li:visible').count(), cards, page.name);
  }
});

test('each case leads to the pages of its themes and regions, and each of these back to it', () => {
  const problems = [];
  for (const page of report.casePages) {
    const { id, themes, regions } = page.case;
    assert.ok(themes.length > 0 && regions.length > 0, id);
    const around = [...themes.map((key) => `site/themes/${key}.html`), ...regions.map((key) => `site/regions/${key}.html`)];
    for (const name of around) {
      const other = report.site.find((found) => found.name === name);
      if (!other || !targetsOf(page).has(other.url)) problems.push(`${page.name} does not lead to ${name}`);
      else if (!targetsOf(other).has(page.url)) problems.push(`${name} does not lead to ${page.name}`);
    }
  }
  assertNone(problems);
});
