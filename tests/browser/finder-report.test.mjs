// Owns the finder in report.html: it finds what the page of all cases finds, leads to places in the same page,
// takes counts in, and leaves nothing behind where scripts are off or on paper.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { casesOf, counts, folderOf, inReport, onDisk, openFinder, search, settled, shown } from './finder.mjs';
import { assertNone, launchBrowser } from './report.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const folder = folderOf('REPORT_DIR');
const own = folderOf('FINDER_DIR');
const cases = await casesOf(folder);
const report = inReport(folder);
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
after(() => browser.close());

const finder = (tab) => tab.locator('#finder');
const addressOf = (tab) => [new URL(tab.url()).search, new URL(tab.url()).hash];

/** Whether an element stands at the head of the window, where an address has led. */
const isAtHead = (tab, id) =>
  tab.evaluate((id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 4, id);

test('a selection shows the same cases and counts in report.html as on the page of all cases', async () => {
  const queries = new Map([
    [folder, ['?q=care', '?theme=telestroke&outcome=success', '?region!=SE&sort=-start', '?q=a&sort=region&view=table']],
    [own, ['?q=script&view=table', '?keyword=__proto__', '?facet:sort=Kunst&sort=-start']],
  ]);
  for (const [root, asked] of queries) {
    for (const query of asked) {
      const [one, other] = [await openFinder(browser, inReport(root) + query), await openFinder(browser, onDisk(root) + query)];
      const found = await shown(one);
      assert.ok(found.length > 0, query);
      assert.deepEqual(found, await shown(other), query);
      assert.deepEqual(await counts(one), await counts(other), query);
      assert.deepEqual([one.errors, one.requests], [[], [inReport(root) + query]], query);
      await one.context().close();
      await other.context().close();
    }
  }
});

test('a case found leads to its place in the page, and back to the selection', async () => {
  const tab = await openFinder(browser, report);
  await search(tab, 'slovenia telestroke');
  await tab.waitForURL(/\?q=slovenia\+telestroke#finder$/);
  assert.deepEqual(await shown(tab), ['telekap-slovenia']);
  await tab.locator('#finder-cards a').click();
  assert.deepEqual(addressOf(tab), ['?q=slovenia+telestroke', '#case__telekap-slovenia']);
  assert.ok(await isAtHead(tab, 'case__telekap-slovenia'));
  assert.deepEqual(await shown(tab), ['telekap-slovenia']);
  await tab.goBack();
  assert.deepEqual(addressOf(tab), ['?q=slovenia+telestroke', '#finder']);
  assert.deepEqual([await shown(tab), tab.errors], [['telekap-slovenia'], []]);
});

test('an address with a selection leads to the finder, or to any other place in the page', async () => {
  const query = '?q=stroke&outcome=success';
  for (const place of ['finder', 'case__rijnmond-portal', 'section__overview']) {
    const tab = await openFinder(browser, `${report}${query}#${place}`);
    await tab.locator('.chip').first().waitFor();
    assert.ok(await isAtHead(tab, place), place);
    assert.deepEqual(addressOf(tab), [query, `#${place}`]);
    assert.equal(await tab.locator('.chip').count(), 2);
    await tab.context().close();
  }
});

test('filters, order and view are taken into the address, and all of it can be cleared', async () => {
  const tab = await openFinder(browser, report);
  await tab.locator('input[name=outcome][value=failed]').click();
  await tab.locator('select[name=sort]').selectOption('-start');
  await tab.locator('input[value=table]').check();
  assert.deepEqual(addressOf(tab), ['?outcome=failed&sort=-start&view=table', '#finder']);
  const expected = cases.filter((found) => found.outcome === 'failed').map((found) => [found.period?.start ?? '', found.id]);
  assert.deepEqual(await shown(tab), expected.sort().reverse().map(([, id]) => id));
  await tab.reload();
  assert.deepEqual((await shown(tab)).length, expected.length);
  await tab.getByRole('button', { name: 'Clear all' }).click();
  await tab.locator('input[value=cards]').check();
  await tab.locator('select[name=sort]').selectOption('title');
  assert.equal((await shown(tab)).length, cases.length);
});

test('what is copied leads to places in the page, whatever was searched for', async () => {
  const tab = await openFinder(browser, `${report}?theme=telestroke#finder`);
  await tab.evaluate(() => {
    navigator.clipboard.writeText = (text) => Promise.resolve((globalThis.copied = text));
  });
  await tab.locator('#finder-copy').click();
  await tab.locator('#finder-status').getByText('Copied as CSV.').waitFor();
  const copied = await tab.evaluate(() => globalThis.copied);
  const telestroke = cases.filter((found) => found.themes.includes('telestroke'));
  const addresses = [...copied.matchAll(/,(file:\S+)\n/g)].map(([, address]) => address);
  assert.deepEqual(addresses.sort(), telestroke.map(({ id }) => `${report}#case__${id}`).sort());
});

test('all of it can be reached and used by keyboard', async () => {
  const tab = await openFinder(browser, inReport(own));
  await tab.locator('#finder-words').focus();
  const reached = new Set();
  for (let step = 0; step < 60; step += 1) {
    await tab.keyboard.press('Tab');
    const at = await tab.evaluate(() => {
      const focused = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const isSeen = outlineStyle !== 'none' && outlineWidth !== '0px';
      return { name: focused.name || focused.id || focused.localName, isSeen, isInside: !!focused.closest('#finder') };
    });
    if (!at.isInside) break;
    assert.ok(at.isSeen, `${at.name} shows no focus`);
    reached.add(at.name);
  }
  for (const name of ['region', 'theme', 'outcome', 'sort', 'view', 'finder-copy', 'a']) {
    assert.ok(reached.has(name), `${name} is not reached: ${[...reached]}`);
  }
  await tab.locator('#finder-words').focus();
  await tab.keyboard.type('wagen');
  assert.deepEqual(await shown(tab), ['wagen']);
  await tab.locator('#finder-cards a').focus();
  await tab.keyboard.press('Enter');
  assert.ok(await isAtHead(tab, 'case__wagen'));
});

test('a count in the page leads to the finder, which shows exactly the cases of its list', async () => {
  const tab = await openFinder(browser, report);
  await tab.evaluate(() => (globalThis.isSamePage = true));
  const way = tab.locator('a[data-find="theme=telestroke"]').first();
  await way.scrollIntoViewIfNeeded();
  await way.focus();
  await tab.keyboard.press('Enter');
  assert.deepEqual(addressOf(tab), ['?theme=telestroke', '#finder']);
  assert.ok(await isAtHead(tab, 'finder'));
  assert.equal(await tab.evaluate(() => document.activeElement.id), 'finder-heading');
  // Each way, held against the list that it leads to without scripts.
  const bare = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await bare.goto(report);
  const ways = new Map(
    await bare.$$eval('a[data-find]', (links) => links.map((link) => [link.dataset.find, link.getAttribute('href').slice(1)])),
  );
  const lists = new Map(
    await bare.$$eval('.case-list', (all) =>
      all.map((list) => [list.querySelector('[id]').id, [...list.querySelectorAll('a')].map((link) => link.hash.replace('#case__', ''))]),
    ),
  );
  assert.ok(ways.size > 60, `${ways.size} ways`);
  const problems = [];
  for (const [query, list] of ways) {
    await tab.evaluate((query) => {
      const isMeant = (link) => link.dataset.find === query;
      const way = [...document.querySelectorAll('a[data-find]')].find(isMeant);
      way.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    }, query);
    await tab.waitForFunction((query) => location.search === `?${query}`, query);
    const found = (await shown(tab)).sort();
    if (String(found) !== String(lists.get(list)?.sort())) problems.push(`${query}: ${found}, listed ${lists.get(list)}`);
  }
  assertNone(problems);
  assert.equal(await tab.evaluate(() => globalThis.isSamePage), true);
  assert.deepEqual(tab.errors, []);
});

test('without scripts and on paper the report is as if it had no finder', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto(`${report}?theme=telestroke#finder`);
  assert.equal(await finder(bare).isVisible(), false);
  assert.equal(await bare.locator('input:visible, select:visible, button:visible').count(), 0);
  for (const { id } of cases) assert.equal(await bare.locator(`#case__${id}`).isVisible(), true, id);
  await bare.locator('a[data-find="theme=telestroke"] text').first().click();
  assert.equal(new URL(bare.url()).hash, '#cases__theme__telestroke');
  await context.close();
  const tab = await openFinder(browser, `${report}?theme=telestroke`);
  assert.equal(await finder(tab).isVisible(), true);
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await finder(tab).isVisible(), false);
  for (const { id } of cases) assert.equal(await tab.locator(`#case__${id}`).isVisible(), true, id);
});

test('the cases are never far: on no window is the finder much higher than its filters', async () => {
  for (const [width, most] of [[390, 1700], [1280, 2200]]) {
    const tab = await openFinder(browser, report, { viewport: { width, height: 844 } });
    const { height } = await finder(tab).boundingBox();
    assert.ok(height < most, `${height} px at ${width}`);
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), width);
    await tab.context().close();
  }
});

for (const [width, colorScheme] of [[390, 'light'], [1280, 'dark']]) {
  test(`axe-core finds no violation in the finder of report.html, ${colorScheme} at ${width} px`, async () => {
    const problems = [];
    for (const query of ['', '?q=stroke&outcome=success&view=table', '?q=care&theme=telestroke', '?q=qqqq']) {
      const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
      const tab = await openFinder(browser, `${report}${query}#finder`, options);
      await settled(tab);
      // What is laid out only when it comes into view would be judged by places that it has not yet.
      await tab.addStyleTag({ content: '#finder-cards > li { content-visibility: visible !important; }' });
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(
        (values) => window.axe.run('#finder', { runOnly: { type: 'tag', values } }),
        RULES,
      );
      assert.ok(passes.length > 0, 'axe-core checked nothing');
      for (const { id, nodes } of violations) {
        for (const node of nodes) problems.push(`${query}: ${id}: ${node.target} ${node.failureSummary}`);
      }
      await tab.context().close();
    }
    assertNone(problems);
  });
}
