// Owns choosing on the page of all cases: counts that follow, addresses that say what is chosen, the way
// back, and the way by keyboard.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { casesOf, counts, folderOf, hasValue, onDisk, openFinder, search, settled, shown } from './finder.mjs';
import { assertNone, launchBrowser } from './report.mjs';

const folder = folderOf('REPORT_DIR');
const own = folderOf('FINDER_DIR');
const cases = await casesOf(folder);
const browser = await launchBrowser();
after(() => browser.close());

const box = (tab, facet, value) => tab.locator(`input[name="${facet}"][value="${value}"]`);
const ids = (chosen) => chosen.map((found) => found.id).sort();
const sorted = async (tab) => (await shown(tab)).sort();

/** Ticks a box, wherever it is folded away. */
async function tick(tab, facet, value) {
  await box(tab, facet, value).evaluate((input) => {
    for (let at = input.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
  });
  await box(tab, facet, value).click();
  await settled(tab);
}

/** The cases that fit all facets but one: of several values of a facet, any is enough. */
function fitting(selection, without) {
  const asked = Object.entries(selection).filter(([facet]) => facet !== without);
  return cases.filter((found) =>
    asked.every(([facet, values]) => values.some((value) => hasValue(found, facet, value))),
  );
}

/** Compares every number of the filters with a count of the data. */
async function recount(tab, selection) {
  const problems = [];
  let compared = 0;
  for (const { facet, value, count } of await counts(tab)) {
    const others = fitting(selection, facet);
    if (others.length > 0 && hasValue(others[0], facet, value) === undefined) continue;
    const expected = others.filter((found) => hasValue(found, facet, value)).length;
    compared += 1;
    if (expected !== count) problems.push(`${facet}=${value}: shows ${count}, counted ${expected}`);
  }
  assertNone(problems);
  assert.ok(compared > 60, `only ${compared} numbers were compared`);
}

test('every number of the filters is that of the data, and follows the selection', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  const selection = {};
  await recount(tab, selection);
  for (const [facet, value] of [
    ['outcome', 'success'], ['theme', 'telestroke'], ['outcome', 'mixed'], ['region', 'DE'], ['status', 'operational'],
  ]) {
    await tick(tab, facet, value);
    (selection[facet] ??= []).push(value);
    assert.deepEqual(await sorted(tab), ids(fitting(selection)), JSON.stringify(selection));
    await recount(tab, selection);
  }
  assert.deepEqual(tab.errors, []);
});

test('a region stands for all that lies in it, a theme for its parts', async () => {
  const tab = await openFinder(browser, onDisk(own));
  await tick(tab, 'region', 'SE');
  assert.deepEqual(await sorted(tab), ['formel', 'strasse']);
  await tick(tab, 'region', 'SE');
  await tick(tab, 'theme', 'acute');
  assert.deepEqual(await sorted(tab), ['athen', 'formel', 'strasse', 'wagen']);
  await tick(tab, 'theme', 'home');
  await tick(tab, 'theme', 'acute');
  assert.deepEqual(await sorted(tab), ['athen']);
});

test('what the manifest declares is offered under its name, and nothing that is private', async () => {
  const tab = await openFinder(browser, onDisk(own));
  const names = await tab.locator('.facet-name').allInnerTexts();
  assert.ok(names.includes('Versorgung') && !names.includes('Geheimes'), names.join());
  const facets = new Set((await counts(tab)).map(({ facet }) => facet));
  assert.ok(facets.has('care') && !facets.has('secret') && !facets.has('review'));
  await tick(tab, 'care', 'out');
  assert.deepEqual(await shown(tab), ['athen']);
  assert.deepEqual(await tab.locator('.chip').allInnerTexts(), ['Versorgung: Ambulant']);
});

test('an address says what is chosen, and opens it', async () => {
  for (const [query, expected] of [
    ['?theme=telestroke', (found) => found.themes.includes('telestroke')],
    ['?country=SE', (found) => hasValue(found, 'region', 'SE')],
    ['?region:1=DE2', (found) => hasValue(found, 'region', 'DE2')],
    ['?year=2005..2010', (found) => found.period && found.period.start.slice(0, 4) >= '2005' && found.period.start.slice(0, 4) <= '2010'],
    ['?outcome=failed&outcome=mixed&utm_source=x', (found) => ['failed', 'mixed'].includes(found.outcome)],
    ['?challenge=legal&status=pilot', (found) => found.challenges?.legal && found.status === 'pilot'],
    ['?standard=HL7+CDA', (found) => found.technology?.standards?.includes('HL7 CDA')],
    ['?organisation=No+such', () => false],
    ['?theme!=telestroke&outcome=success', (found) => found.outcome === 'success' && !found.themes.includes('telestroke')],
    ['?region!=SE&region!=DE', (found) => !hasValue(found, 'region', 'SE') && !hasValue(found, 'region', 'DE')],
    ['?region=estonia', (found) => hasValue(found, 'region', 'EE')],
    ['?status!=Operational&theme=Telestroke+and+teleneurology', (found) => found.status !== 'operational' && found.themes.includes('telestroke')],
  ]) {
    const tab = await openFinder(browser, onDisk(folder) + query);
    await tab.waitForFunction(() => document.querySelector('.chip'));
    assert.deepEqual(await sorted(tab), ids(cases.filter(expected)), query);
    assert.deepEqual(tab.errors, [], query);
    await tab.context().close();
  }
});

test('going back and forth leads through the selections, words being one step', async () => {
  const tab = await openFinder(browser, onDisk(folder));
  await tick(tab, 'outcome', 'success');
  const successes = await shown(tab);
  await tab.locator('#finder-words').pressSequentially('stroke', { delay: 20 });
  await tab.waitForURL(/q=stroke/);
  const found = await shown(tab);
  await tab.goBack();
  await tab.waitForFunction(() => document.getElementById('finder-words').value === '');
  assert.deepEqual(await shown(tab), successes);
  await tab.goBack();
  await tab.waitForFunction(() => !document.querySelector('.chip'));
  assert.equal((await shown(tab)).length, cases.length);
  assert.equal(await box(tab, 'outcome', 'success').isChecked(), false);
  await tab.goForward();
  await tab.goForward();
  await tab.waitForFunction(() => document.getElementById('finder-words').value === 'stroke');
  assert.deepEqual(await shown(tab), found);
});

test('years are chosen from and to', async () => {
  const tab = await openFinder(browser, onDisk(own));
  await tab.locator('select[name=year-from]').selectOption('2010');
  assert.deepEqual(await sorted(tab), ['athen', 'formel']);
  assert.equal(new URL(tab.url()).search, '?year=2010..');
  await tab.locator('select[name=year-to]').selectOption('2010');
  assert.deepEqual(await sorted(tab), ['athen']);
  assert.equal(new URL(tab.url()).search, '?year=2010');
  const [first] = await tab.locator('select[name=year-from] option[value="2005"]').allInnerTexts();
  assert.equal(first, '2005 (1)');
});

test('what was chosen can be taken away, and focus is never lost', async () => {
  const tab = await openFinder(browser, `${onDisk(folder)}?q=care&outcome=success&outcome=mixed`);
  await tab.locator('.chip').first().waitFor();
  const focus = () => tab.evaluate(() => document.activeElement.textContent || document.activeElement.id);
  assert.deepEqual(await tab.locator('.chip').allInnerTexts(), ['Search: care', 'Outcome: Success', 'Outcome: Mixed']);
  assert.equal(await tab.getByRole('button', { name: 'Remove: Outcome: Success' }).count(), 1);
  await tab.locator('.chip').nth(1).focus();
  await tab.keyboard.press('Enter');
  assert.equal(await focus(), 'Outcome: Mixed');
  await tab.keyboard.press('Enter');
  assert.equal(await focus(), 'Search: care');
  await tab.keyboard.press('Enter');
  assert.equal(await focus(), 'Results');
  assert.equal((await shown(tab)).length, cases.length);
  assert.equal(new URL(tab.url()).search, '');
  await search(tab, 'care');
  await tab.getByRole('button', { name: 'Clear all' }).click();
  assert.equal(await focus(), 'finder-words');
  assert.equal(await tab.locator('#finder-words').inputValue(), '');
});

test('all can be reached and done by keyboard, with focus to be seen', async () => {
  const tab = await openFinder(browser, onDisk(own));
  const reached = [];
  for (let step = 0; step < 80; step += 1) {
    await tab.keyboard.press('Tab');
    const at = await tab.evaluate(() => {
      const focused = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const name = focused.name || focused.id || focused.className || focused.localName;
      return { name, isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' };
    });
    if (at.name === 'body' || at.name === 'BODY') break;
    assert.ok(at.isSeen, `${at.name} shows no focus`);
    reached.push(at.name);
  }
  for (const name of ['q', 'region', 'theme', 'outcome', 'year-from', 'sort', 'view', 'finder-copy', 'a']) {
    assert.ok(reached.includes(name), `${name} is not reached: ${reached}`);
  }
  await box(tab, 'outcome', 'failed').focus();
  await tab.keyboard.press('Space');
  assert.deepEqual(await shown(tab), ['athen']);
  assert.equal(await box(tab, 'outcome', 'failed').evaluate((input) => input === document.activeElement), true);
});
