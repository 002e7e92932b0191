// Owns the ways into the page of all cases: its map, by mouse and by keyboard, and what counts cases on
// other pages, which leads to exactly these cases with scripts and without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { casesOf, counts, folderOf, hasValue, onDisk, openFinder, settled, shown } from './finder.mjs';
import { assertNone, launchBrowser } from './report.mjs';

const folder = folderOf('REPORT_DIR');
const own = folderOf('FINDER_DIR');
const cases = await casesOf(folder);
const browser = await launchBrowser();
after(() => browser.close());

const page = (path) => pathToFileURL(join(folder, 'site', path)).href;
const ids = (chosen) => chosen.map((found) => found.id).sort();
const sorted = async (tab) => (await shown(tab)).sort();
const dot = (tab, region) => tab.locator(`[data-region="${region}"]`);
const inside = (region) => ids(cases.filter((found) => hasValue(found, 'region', region)));

test('a dot of the map chooses the cases of its region, and takes them away again', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  await dot(tab, 'SE331').locator('circle').click();
  assert.deepEqual(await sorted(tab), inside('SE331'));
  assert.equal(new URL(tab.url()).search, '?region=SE331');
  assert.equal(await dot(tab, 'SE331').getAttribute('aria-checked'), 'true');
  // A finger that misses a dot means it all the same.
  const { x, y, width } = await dot(tab, 'ITF4').locator('circle').boundingBox();
  await tab.mouse.click(x + width + 6, y);
  assert.deepEqual(await sorted(tab), [...inside('SE331'), ...inside('ITF4')].sort());
  await dot(tab, 'SE331').locator('circle').click();
  assert.deepEqual(await sorted(tab), inside('ITF4'));
  assert.deepEqual(tab.errors, []);
});

test('every dot counts what it would show, before anything is chosen and after', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  const told = () =>
    tab.$$eval('[data-region]', (dots) =>
      dots.map((found) => [found.dataset.region, Number(/\((\d+)\)$/.exec(found.getAttribute('aria-label'))[1])]),
    );
  const check = async (chosen) => {
    const wrong = (await told()).filter(
      ([region, count]) => chosen.filter((found) => hasValue(found, 'region', region)).length !== count,
    );
    assert.deepEqual(wrong, []);
  };
  assert.ok((await told()).length > 40);
  await check(cases);
  await tab.locator('input[name=outcome][value=success]').click();
  await settled(tab);
  await check(cases.filter((found) => found.outcome === 'success'));
  const regions = new Map((await counts(tab)).filter(({ facet }) => facet === 'region').map((it) => [it.value, it.count]));
  for (const [region, count] of await told()) {
    if (regions.has(region)) assert.equal(count, regions.get(region), region);
  }
});

test('the map is one stop for the keyboard, its dots follow by arrows, and what comes is announced', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  assert.equal(await tab.locator('[data-region][tabindex="0"]').count(), 1);
  await tab.locator('[data-region][tabindex="0"]').focus();
  const name = () => tab.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const names = [await name()];
  for (let step = 0; step < 3; step += 1) {
    await tab.keyboard.press('ArrowRight');
    names.push(await name());
  }
  assert.deepEqual(names, [...names].sort((one, two) => one.localeCompare(two, 'en')));
  assert.equal(new Set(names).size, 4);
  await tab.keyboard.press('ArrowLeft');
  assert.equal(await name(), names[2]);
  const region = await tab.evaluate(() => document.activeElement.dataset.region);
  await tab.keyboard.press('Space');
  assert.deepEqual(await sorted(tab), inside(region));
  assert.equal(await tab.evaluate(() => document.activeElement.dataset.region), region);
  assert.match(await tab.locator('#finder-status[role=status]').innerText(), new RegExp(`: ${inside(region).length} `));
  const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, 'none');
});

test('on a phone the map is behind a button', async () => {
  const tab = await openFinder(browser, onDisk(folder), { viewport: { width: 390, height: 844 } });
  const map = tab.locator('#finder-map svg');
  assert.equal(await map.isVisible(), false);
  const button = tab.locator('#finder-map button');
  await button.click();
  assert.equal(await map.isVisible(), true);
  assert.equal(await button.getAttribute('aria-expanded'), 'true');
});

test('a facet that is called like a part of an address is chosen by like any other', async () => {
  const tab = await openFinder(browser, `${onDisk(own)}?facet:sort=Kunst&sort=-start`);
  assert.deepEqual(await shown(tab), ['formel', 'athen']);
  assert.equal(await tab.locator('select[name=sort]').inputValue(), '-start');
  const box = tab.locator('input[name="sort"][value="Rest"]');
  await box.evaluate((input) => (input.closest('details').open = true));
  await box.click();
  assert.equal(new URL(tab.url()).search, '?facet%3Asort=Kunst&facet%3Asort=Rest&sort=-start');
  await tab.getByRole('button', { name: /Kunst/ }).click();
  assert.deepEqual(await shown(tab), ['formel']);
});

test('what is left out is said so, and can be taken back', async () => {
  const tab = await openFinder(browser, `${onDisk(folder)}?theme!=telestroke&outcome=success`);
  assert.deepEqual(await tab.locator('.chip').allInnerTexts(), [
    'Outcome: Success',
    'Theme: not Telestroke and teleneurology',
  ]);
  await tab.locator('.chip').first().click();
  assert.equal(new URL(tab.url()).search, '?theme!=telestroke');
  assert.deepEqual(await sorted(tab), ids(cases.filter((found) => !found.themes.includes('telestroke'))));
  await tab.locator('.chip').first().click();
  assert.equal((await shown(tab)).length, cases.length);
});

/** The cases of each list behind a count, by the list's place. */
async function listed(tab) {
  await tab.goto(page('lists.html'));
  const lists = await tab.$$eval('.case-list', (lists) =>
    lists.map((list) => [
      list.querySelector('[id]').id,
      [...list.querySelectorAll('a')].map((link) => link.getAttribute('href').replace(/^cases\/|\.html$/g, '')).sort(),
    ]),
  );
  return new Map(lists);
}

const COUNTING = ['index.html', 'overview.html', 'coverage.html', 'barriers.html', 'themes/telestroke.html', 'regions/SE.html'];

test('without scripts, a count leads to a list of its cases', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(page('overview.html'));
  const way = tab.locator('a[data-find="theme=telestroke"] text').first();
  await way.click();
  assert.equal(new URL(tab.url()).hash, '#cases__theme__telestroke');
  assert.ok(await tab.locator('#cases__theme__telestroke').isVisible());
});

test('with scripts, a count leads to the page of all cases, which shows exactly those of its list', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const still = await context.newPage();
  const lists = await listed(still);
  const ways = new Map();
  for (const path of COUNTING) {
    await still.goto(page(path));
    const found = await still.$$eval('a[data-find]', (links) =>
      links.map((link) => [link.dataset.find, link.getAttribute('href').split('#')[1]]),
    );
    found.forEach(([query, list]) => ways.set(query, list));
  }
  await context.close();
  assert.ok(ways.size > 60, `${ways.size} ways`);

  const tab = await openFinder(browser, `${onDisk(folder)}?q=x`);
  const problems = [];
  for (const [query, list] of ways) {
    await tab.evaluate((query) => {
      history.pushState(null, '', `?${query}`);
      dispatchEvent(new PopStateEvent('popstate'));
    }, query);
    await tab.waitForFunction(() => document.getElementById('finder-words').value === '');
    const found = await sorted(tab);
    if (String(found) !== String(lists.get(list))) problems.push(`${query}: ${found}, listed ${lists.get(list)}`);
  }
  assertNone(problems);
  await tab.goto(page('index.html'));
  const links = await tab.$$eval('a[data-find]', (links) => links.map((link) => [link.getAttribute('href'), link.dataset.find]));
  assert.ok(links.length > 0);
  for (const [href, query] of links) assert.equal(href, `${onDisk(folder)}?${query}`);
});
