// Owns the form to fill in, end to end: filled in by a contributor, saved, validated, built.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser } from './report.mjs';
import {
  REPOSITORY, casebook, casebookOf, casesIn, choose, control, faults, formOf, group, openFile, openForm, saved,
} from './webform.mjs';

const browser = await launchBrowser();
after(() => browser.close());

const sample = formOf('.');
const own = formOf('examples/own-form');

/** Fills in what the sample's form requires. */
async function fillRequired(tab) {
  await control(tab, 'Title').fill('Telestroke in Ystad: “a trial”');
  await control(tab, 'Summary').fill('Two hospitals tried it.\nIt worked - mostly.');
  await choose(group(tab, 'Regions').getByRole('combobox'), 'blekinge');
  await choose(group(tab, 'Themes').getByRole('combobox'), 'telestroke');
  await control(tab, 'Status').selectOption({ label: 'pilot' });
  await control(tab, 'Outcome').selectOption({ label: 'mixed' });
}

test('what a contributor fills in is saved as a case that validates and builds', async () => {
  const tab = await openForm(browser, sample);
  await fillRequired(tab);
  await group(tab, 'Regions').getByRole('button', { name: 'Add to “Regions”' }).click();
  await choose(group(tab, 'Regions').getByRole('combobox').nth(1), 'Åland Finland');
  const period = group(tab, 'Period');
  await period.getByLabel('Start').fill('2019');
  await period.getByLabel('End').fill('2020-05');
  for (const [name, role] of [['Ystads lasarett', 'partner'], ['Region: Skåne', 'lead']]) {
    await group(tab, 'Organisations').getByRole('button', { name: 'Add to “Organisations”' }).click();
    const last = group(tab, 'Organisations').locator('.entry').last();
    await last.getByLabel('Name').fill(name);
    await last.getByLabel('Role').selectOption({ label: role });
  }
  await group(tab, 'Organisations').getByRole('button', { name: 'Move Organisations 2 up' }).click();
  await group(tab, 'Sources').first().getByRole('button', { name: 'Add to “Sources”' }).click();
  const source = group(tab, 'Sources').locator('.entry');
  await source.getByLabel('Title').fill('# A report: with marks');
  await source.getByLabel('Year').fill('2021');
  const results = group(tab, 'Results');
  await results.getByRole('button', { name: 'Add to “Results”' }).click();
  await results.getByLabel('Measure', { exact: false }).first().fill('Patients treated');
  await results.getByLabel('Value').fill('120');
  await results.getByLabel('When').fill('2019/2020-05');
  await results.getByLabel('Source').fill('S1');
  await control(tab, 'Problem').fill('First.\n\n- one [@S1]\n- two');

  assert.equal(await control(tab, 'Id').inputValue(), 'telestroke-in-ystad-a-trial');
  assert.deepEqual(await faults(tab), []);
  const { name, text } = await saved(tab);
  assert.equal(name, 'telestroke-in-ystad-a-trial.yaml');
  // The other cases have been reviewed; this one is taken as it comes.
  const manifest = readFileSync(join(REPOSITORY, 'casebook.yaml'), 'utf8');
  const root = casebookOf('filled', '.', ['chapters', 'cases'], {
    'casebook.yaml': `${manifest}\nacceptance: {unreviewed: accepted}\n`,
    [`cases/${name}`]: text,
  });
  casebook('validate', '--root', root, join(root, 'cases', name));
  const found = casesIn(root).find(({ id }) => id === 'telestroke-in-ystad-a-trial');
  assert.equal(found.title, 'Telestroke in Ystad: “a trial”');
  assert.equal(found.summary, 'Two hospitals tried it. It worked - mostly.'.replace('. It', '.\nIt'));
  assert.deepEqual([found.regions, found.themes], [['SE221', 'FI2'], ['telestroke']]);
  assert.deepEqual(found.organisations.map((one) => one.name), ['Region: Skåne', 'Ystads lasarett']);
  assert.equal(found.results[0].value, 120);
  assert.equal(found.sources.S1?.title ?? found.sources[0].title, '# A report: with marks');
  const out = join(root, 'out');
  casebook('build', '--root', root, '--format', 'site', '-o', out);
  assert.ok(existsSync(join(out, 'site/cases/telestroke-in-ystad-a-trial.html')));
  assert.deepEqual(tab.errors, []);
  assert.deepEqual(tab.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('blob:')), []);
});

test('what is wrong or missing is told while one types, and keeps the case from being saved', async () => {
  const tab = await openForm(browser, sample);
  assert.deepEqual(await faults(tab), []);
  const period = group(tab, 'Period');
  const wrong = async (box, text, expected) => {
    await box.fill(text);
    assert.deepEqual((await faults(tab)).filter((told) => told.includes(expected)).length, 1, `${text}: ${await faults(tab)}`);
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
    await box.fill('');
  };
  await wrong(control(tab, 'Id'), 'Not An Id', 'small letters');
  await wrong(period.getByLabel('Start'), 'May 2007', 'a year (2007)');
  await wrong(period.getByLabel('Start'), '2007-02-30', 'no such day');
  await wrong(control(tab, 'Summary'), 'word '.repeat(151), '151 words');
  await wrong(control(tab, 'Problem'), 'a\u0007b', 'cannot be seen');
  await wrong(control(tab, 'Problem'), 'So it was [@nobody].', '“nobody” is no key');
  await group(tab, 'Costs').getByRole('button', { name: 'Add to “Costs”' }).click();
  await wrong(group(tab, 'Costs').getByLabel('Amount'), '11 400 000', 'digits alone');
  await group(tab, 'Costs').getByLabel('Amount').fill('5');
  await wrong(group(tab, 'Costs').getByLabel('Source'), 'S9', '“S9” is no key');
  await group(tab, 'Regions').getByRole('combobox').fill('Atlantis');
  assert.ok((await faults(tab)).some((told) => told.includes('“Atlantis” is not in the list')));
  await period.getByLabel('Start').fill('2020');
  await period.getByLabel('End').fill('2019');
  assert.ok((await faults(tab)).includes('the end lies before the start'));

  await tab.locator('#save').click();
  assert.ok(await tab.locator('#faults').evaluate((place) => place === document.activeElement));
  const listed = await tab.locator('#fault-list button').allTextContents();
  for (const title of ['Title', 'Summary', 'Status', 'What']) {
    assert.ok(listed.some((one) => one.startsWith(`${title}: `)), `${title}: ${listed}`);
  }
  await tab.locator('#fault-list button', { hasText: /^Title: / }).click();
  assert.ok(await control(tab, 'Title').evaluate((input) => input === document.activeElement));
});

test('each case of the sample is the same after it was opened and saved', async () => {
  const tab = await openForm(browser, sample);
  const files = {};
  for (const name of readdirSync(join(REPOSITORY, 'cases')).filter((one) => one.endsWith('.yaml'))) {
    const text = readFileSync(join(REPOSITORY, 'cases', name), 'utf8');
    const note = await openFile(tab, text, name);
    assert.match(note, /^The file is open/);
    // Saving file after file in quick succession, a browser drops downloads; nobody saves as fast by hand.
    await tab.waitForTimeout(120);
    const kept = await saved(tab);
    assert.equal(kept.name, name, await tab.locator('#fault-list').textContent());
    files[`cases/${name}`] = kept.text;
  }
  assert.ok(Object.keys(files).length >= 41);
  const root = casebookOf('saved', '.', ['casebook.yaml', 'chapters'], files);
  assert.deepEqual(casesIn(root), casesIn('.'));
  // What the report leaves out is kept too.
  assert.match(files['cases/alentejo-telemedicine.yaml'], /\nreview:\n {2}state: accepted\n/);
});

test('the cases of a form of the group’s own are the same too', async () => {
  const tab = await openForm(browser, own);
  const files = {};
  const folder = join(REPOSITORY, 'examples/own-form/cafes');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    files[`cafes/${name}`] = text;
    if (!name.endsWith('.yaml') || /^---/m.test(text)) continue;
    const note = await openFile(tab, text, name);
    if (/^This file was not opened/.test(note)) {
      assert.match(text, /^- /, `${name}: ${note}`);
      continue;
    }
    files[`cafes/${name}`] = (await saved(tab)).text;
    assert.notEqual(files[`cafes/${name}`], text);
  }
  const root = casebookOf('own', 'examples/own-form', ['casebook.yaml', 'chapters', 'form', 'reading'], files);
  assert.deepEqual(casesIn(root), casesIn('examples/own-form'));
});

test('what an opened file has beside the form is shown and kept, and comments are counted', async () => {
  const tab = await openForm(browser, sample);
  const note = await openFile(tab, '# above\ntitle: A   # behind\nmystery: {a: [1, "2"], b: 1.10}\nkeywords: 5\n');
  assert.match(note, /1 comment /);
  assert.equal(await control(tab, 'mystery').inputValue(), 'a: [1, "2"]\nb: 1.10');
  const remarks = await tab.locator('.remark:visible').allTextContents();
  assert.deepEqual(remarks.map((one) => /does not ask for this|not what the form asks/.test(one)), [true, true]);
  const { text } = await saved(tab, '#save-draft');
  assert.equal(text, '# above\ntitle: A\nkeywords: 5\nmystery:\n  a: [1, "2"]\n  b: 1.10\n');
});

test('what is not understood is refused with its line, and the form stays as it is', async () => {
  const tab = await openForm(browser, sample);
  await control(tab, 'Title').fill('Mine');
  for (const [text, line] of [
    ['a: 1\nb: &x 2\n', 2], ['a: 1\na: 2\n', 2], ['a:\n\tb: 1\n', 2], ['a: !!str 1\n', 1], ['a: 1\n---\nb: 2\n', 2],
    ['a: "x\n', 1], ['- a\n', 1], ['a: [1, 2\n', 1], ['a: 0x1F\n', 1], ['a: b: c\n', 1], ['a: {b: *c}\n', 1],
  ]) {
    const note = await openFile(tab, text);
    assert.match(note, new RegExp(`^This file was not opened. line ${line}: `), text);
    assert.equal(await control(tab, 'Title').inputValue(), 'Mine');
  }
});

test('a draft is there again after the page was closed, unless the browser keeps none', async () => {
  const tab = await openForm(browser, sample);
  await control(tab, 'Title').fill('Half a case');
  await group(tab, 'Costs').getByRole('button', { name: 'Add to “Costs”' }).click();
  await group(tab, 'Costs').getByLabel('Amount').fill('not yet known');
  await tab.waitForFunction(() => Object.values(localStorage).some((text) => text.includes('not yet known')));
  await tab.reload();
  assert.equal(await control(tab, 'Title').inputValue(), 'Half a case');
  assert.equal(await group(tab, 'Costs').getByLabel('Amount').inputValue(), 'not yet known');
  assert.match(await tab.locator('#note').textContent(), /the last time/);
  await tab.locator('#clear').click();
  assert.equal(await control(tab, 'Title').inputValue(), '');
  await tab.reload();
  assert.equal(await tab.locator('#note').isVisible(), false);

  const without = await browser.newContext();
  await without.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', { get() { throw new Error('no storage'); } });
  });
  const bare = await without.newPage();
  await bare.goto(sample);
  assert.match(await bare.locator('#note').textContent(), /keeps no draft/);
  await control(bare, 'Title').fill('Half');
  assert.equal((await saved(bare, '#save-draft')).text, 'id: half\ntitle: Half\n');
});

test('the keyboard alone adds, moves, removes and chooses, and the focus is kept', async () => {
  const tab = await openForm(browser, sample);
  const focused = () => tab.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
  const keywords = group(tab, 'Keywords');
  for (const word of ['one', 'two']) {
    await keywords.getByRole('button', { name: 'Add to “Keywords”' }).focus();
    await tab.keyboard.press('Enter');
    await tab.keyboard.type(word);
  }
  await keywords.getByRole('button', { name: 'Move Keywords 2 up' }).focus();
  await tab.keyboard.press('Enter');
  assert.equal(await focused(), 'Move Keywords 1 down');
  assert.deepEqual(await keywords.locator('input').evaluateAll((all) => all.map((input) => input.value)), ['two', 'one']);
  await keywords.getByRole('button', { name: 'Remove Keywords 1' }).focus();
  await tab.keyboard.press('Enter');
  assert.equal(await focused(), 'Remove Keywords 1');
  await tab.keyboard.press('Enter');
  assert.equal(await focused(), 'Add to “Keywords”');

  const region = group(tab, 'Regions').getByRole('combobox');
  await region.focus();
  await tab.keyboard.type('ble');
  assert.equal(await region.getAttribute('aria-expanded'), 'true');
  await tab.keyboard.press('Escape');
  assert.equal(await region.getAttribute('aria-expanded'), 'false');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  const active = await region.getAttribute('aria-activedescendant');
  assert.equal(await tab.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  await region.fill('SE221');
  await tab.keyboard.press('Tab');
  assert.equal(await region.inputValue(), 'Blekinge län, Sweden (SE221)');
});

test('the preview shows the case and the file', async () => {
  const tab = await openForm(browser, sample);
  await fillRequired(tab);
  await control(tab, 'Problem').fill('<img src=x onerror=alert(1)>');
  await tab.locator('#preview summary').click();
  await tab.locator('#reading h3').first().waitFor();
  const reading = await tab.locator('#reading').textContent();
  assert.ok(reading.includes('Telestroke and teleneurology') && reading.includes('Blekinge län, Sweden'));
  assert.ok(reading.includes('<img src=x'));
  assert.match(await tab.locator('#file').textContent(), /\nregions: \[SE221\]\n/);
  assert.equal(await tab.locator('#reading img').count(), 0);
});
