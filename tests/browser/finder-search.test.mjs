// Owns searching the page of all cases: what is found, in which order, and how it is shown and copied.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { casesOf, folderOf, onDisk, openFinder, search, shown, textsOf, wordsOf } from './finder.mjs';
import { launchBrowser } from './report.mjs';

const folder = folderOf('REPORT_DIR');
const own = folderOf('FINDER_DIR');
const cases = await casesOf(folder);
const browser = await launchBrowser();
after(() => browser.close());

const sorted = (ids) => [...ids].sort();

test('words find the cases that say them, whole or by their beginnings', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  const says = (parts, text) => {
    const there = wordsOf(textsOf(parts).join(' '));
    return wordsOf(text).every((word) => there.some((one) => one.startsWith(word)));
  };
  for (const text of ['telestroke', 'TELESTROKE', 'telestr', 'radiolog', 'home monitoring', 'stroke video']) {
    const found = await search(tab, text);
    const parts = ({ title, summary, keywords, problem, solution, lessons }) => [title, summary, keywords, problem, solution, lessons];
    const missing = cases.filter((one) => says(parts(one), text) && !found.includes(one.id));
    assert.deepEqual(missing.map(({ id }) => id), [], text);
    assert.ok(found.length > 0 && found.length < cases.length, `${text}: ${found.length}`);
    const marked = await tab.evaluate(() => CSS.highlights.get('found').size);
    assert.ok(marked > 0, `${text}: nothing is marked`);
  }
  assert.deepEqual(tab.errors, []);
});

test('several words must all fit, and what fits nothing says so', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  const [one, two] = [await search(tab, 'stroke'), await search(tab, 'record')];
  const both = await search(tab, 'stroke record');
  assert.deepEqual(sorted(both), sorted(one.filter((id) => two.includes(id))));
  assert.deepEqual(await search(tab, 'stroke qqqqq'), []);
  assert.match(await tab.locator('#finder-status').innerText(), /0 of 41.*No case fits/);
  assert.equal((await search(tab, '')).length, cases.length);
});

test('accents, case and foreign letters are no hurdle', async () => {
  const tab = await openFinder(browser, onDisk(own));
  for (const [text, expected] of [
    ['elan', ['strasse', 'wagen']],
    ['ÉLAN', ['strasse', 'wagen']],
    ['strasse', ['strasse', 'athen']],
    ['STRAẞE', ['strasse', 'athen']],
    ['lodz tromso', ['strasse']],
    ['αθηνα', ['athen']],
    ['ΑΘΉΝΑ νοσοκομες', ['athen']],
    ['klinik meer', ['strasse']],
    ['akute', ['strasse', 'wagen', 'athen', 'formel']],
    ['sverige', ['strasse']],
    ['schweden', ['strasse', 'formel']],
    ['stationar', ['strasse', 'formel']],
  ]) {
    assert.deepEqual(sorted(await search(tab, text)), sorted(expected), text);
  }
  assert.deepEqual(tab.errors, []);
});

test('what is private is not found', async () => {
  const tab = await openFinder(browser, onDisk(own));
  for (const text of ['verschlusssache', 'vertraulich', 'petra', 'prufer', 'fertig', 'accepted']) {
    assert.deepEqual(await search(tab, text), [], text);
  }
});

test('a title tells more than a name, a name more than a summary, and that more than the text', async () => {
  const tab = await openFinder(browser, onDisk(own));
  // In the title of one, by the name of its theme of the other.
  assert.deepEqual(await search(tab, 'schlaganfall'), ['wagen', 'strasse']);
  // In a title, and in a summary.
  assert.deepEqual(await search(tab, 'elan'), ['strasse', 'wagen']);
  // In a title, and in a text.
  assert.deepEqual(await search(tab, 'straße'), ['strasse', 'athen']);
});

test('exactly the words that were searched for are marked', async () => {
  const tab = await openFinder(browser, onDisk(own));
  await search(tab, 'elan str');
  const marked = await tab.evaluate(() =>
    [...CSS.highlights.get('found')].map(({ startContainer, startOffset, endOffset }) =>
      startContainer.data.slice(startOffset, endOffset),
    ),
  );
  assert.deepEqual(marked, ['Élan', 'Straße']);
});

test('cases can be ordered, and those of which nothing is known come last', async () => {
  const tab = await openFinder(browser, onDisk(own));
  const order = async (value) => {
    await tab.locator('select[name=sort]').selectOption(value);
    return shown(tab);
  };
  assert.deepEqual(await order('start'), ['strasse', 'athen', 'formel', 'wagen']);
  assert.deepEqual(await order('-start'), ['formel', 'athen', 'strasse', 'wagen']);
  assert.deepEqual(await order('outcome'), ['strasse', 'formel', 'athen', 'wagen']);
  assert.deepEqual(new URL(tab.url()).search, '?sort=outcome');
  const byTitle = await order('title');
  assert.deepEqual(byTitle.slice(-2), ['strasse', 'wagen']);
  assert.equal(new URL(tab.url()).search, '?sort=title');
});

test('the table shows the same cases in the same order', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  await tab.locator('select[name=sort]').selectOption('-start');
  const asCards = await shown(tab);
  await tab.locator('input[value=table]').check();
  assert.deepEqual(await shown(tab), asCards);
  assert.equal(await tab.locator('#finder-cards').isVisible(), false);
  const heads = await tab.locator('thead th').allInnerTexts();
  assert.deepEqual(heads, ['Title', 'Region', 'Themes', 'Period', 'Status', 'Outcome']);
  await tab.locator('input[value=cards]').check();
  assert.deepEqual(await shown(tab), asCards);
});

/** Reads CSV back. */
function rowsOf(csv) {
  const rows = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('what is shown can be copied, and no cell of it is a formula', async () => {
  const tab = await openFinder(browser, `${onDisk(own)}?care=in`);
  await tab.locator('.chip').waitFor();
  // As in a browser that lets no page copy.
  await tab.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('no'))));
  await shown(tab);
  await tab.locator('#finder-copy').click();
  const area = tab.locator('dialog textarea');
  const rows = rowsOf(await area.inputValue());
  assert.equal(await area.evaluate((element) => element === document.activeElement), true);
  assert.deepEqual(rows[0], [
    'Titel', 'Region', 'Themen', 'Zeitraum', 'Stand', 'Ergebnis', 'Zusammenfassung', 'Adresse',
  ]);
  const [formula, street] = rows.slice(1);
  assert.equal(formula[0], `'=1+1; "zwei", drei`);
  assert.equal(formula[6], `'-2 und mehr`);
  assert.deepEqual(street.slice(0, 3), ['Élan auf der Straße', 'Blekinge län, Schweden', 'Schlaganfall per Video']);
  assert.match(street[7], /^file:.*strasse\.html$/);
  assert.equal(rows.length, 3);
  await tab.locator('dialog button').click();
  await tab.locator('dialog').waitFor({ state: 'detached' });
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'finder-copy');
});

test('where the browser lets the page copy, it does', async () => {
  const tab = await openFinder(browser, `${onDisk(folder)}?theme=telestroke`);
  await tab.evaluate(() => {
    navigator.clipboard.writeText = (text) => Promise.resolve((globalThis.copied = text));
  });
  await tab.locator('#finder-copy').click();
  await tab.locator('#finder-status').getByText('Copied as CSV.').waitFor();
  const rows = rowsOf(await tab.evaluate(() => globalThis.copied));
  const titles = cases.filter((found) => found.themes.includes('telestroke')).map((found) => found.title);
  assert.deepEqual(rows.slice(1).map(([title]) => title).sort(), titles.sort());
});
