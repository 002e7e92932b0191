// Owns the words of the cases: what the data says stands on the pages, where a reader sees it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const OUTCOME_WORDS = {
  success: 'Success',
  mixed: 'Mixed',
  'no-effect': 'No effect',
  failed: 'Failed',
  'too-early': 'Too early to tell',
};

const report = await openReport();

/**
 * A text without what Markdown and typesetting make differ between the data and a page: citations,
 * emphasis, the kind of quotation marks, white space.
 */
function plain(text) {
  return text
    .replace(/\s*\[@[^\]]*\]/g, '')
    .replace(/\s*\[\d+(, \d+)*\]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a reader sees of the summary of each case on a page that is open, by the case's name. */
async function shownSummaries(tab) {
  const found = await tab.evaluate(() =>
    [...document.querySelectorAll('[id^="case__"]')].map((title) => {
      const summary = title.closest('article, main').querySelector('.summary');
      const visible = summary?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      return [title.id.replace('case__', ''), visible ? summary.innerText : ''];
    }),
  );
  return new Map(found);
}

/** How a summary differs from that of the data, or nothing. */
function summaryProblem(found, shown, place) {
  const expected = plain(found.summary);
  assert.notEqual(expected, '', found.id);
  const text = plain(shown.get(found.id) ?? '');
  return text === expected ? [] : [`${place}: ${found.id}\n  data: ${expected}\n  page: ${text}`];
}

test('each case page has the summary of its case', async () => {
  const tab = await report.browser.newPage();
  const problems = [];
  for (const page of report.casePages) {
    await tab.goto(page.url);
    problems.push(...summaryProblem(page.case, await shownSummaries(tab), page.name));
  }
  assert.equal(report.casePages.length, report.cases.length);
  assertNone(problems);
});

test('report.html has the summary of every case', async () => {
  const tab = await report.browser.newPage();
  await tab.goto(report.single.url);
  const shown = await shownSummaries(tab);
  assertNone(report.cases.flatMap((found) => summaryProblem(found, shown, 'report.html')));
});

test('each case page shows its outcome as a word', async () => {
  const tab = await report.browser.newPage();
  const problems = [];
  for (const page of report.casePages) {
    await tab.goto(page.url);
    const word = OUTCOME_WORDS[page.case.outcome];
    const badge = tab.locator('main').getByText(word, { exact: true }).first();
    if (!(await badge.isVisible())) problems.push(`${page.name}: "${word}" is not to be seen`);
    // Another outcome beside the right one would leave the reader with two.
    for (const other of Object.values(OUTCOME_WORDS)) {
      const shown = await tab.locator('main .badge').getByText(other, { exact: true }).count();
      if (other !== word && shown > 0) problems.push(`${page.name}: also says "${other}"`);
    }
  }
  assertNone(problems);
});

test('a case page says the same without JavaScript', async () => {
  const without = await report.browser.newContext({ javaScriptEnabled: false });
  const bare = await without.newPage();
  const full = await report.browser.newPage();
  for (const page of report.casePages.slice(0, 3)) {
    await bare.goto(page.url);
    await full.goto(page.url);
    const text = await bare.locator('body').innerText();
    assert.equal(text, await full.locator('body').innerText(), page.name);
    for (const part of [page.case.title, page.case.summary]) {
      assert.ok(plain(text).includes(plain(part)), `${page.name} lacks: ${part}`);
    }
  }
  await without.close();
});
