// What a contributor meets in an editor: offers with their meanings, help, and no false alarm.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { documentation, openEditor } from './server.mjs';

const CASE = 'case.schema.json';
const MANIFEST = 'manifest.schema.json';

const root = fileURLToPath(new URL('../../', import.meta.url));
const editor = await openEditor();

test('an empty line offers the keys that are missing, in the form’s order, with their descriptions', async () => {
  const offers = await editor.completions(CASE, 'id: x\ntitle: T\n¦');
  const labels = [...offers.keys()];
  assert.ok(!offers.has('id') && !offers.has('title'), 'a key that is there is offered again');
  assert.ok(labels.indexOf('summary') < labels.indexOf('status'));
  assert.ok(labels.indexOf('status') < labels.indexOf('review'));
  assert.match(documentation(offers.get('aims')), /What it set out to achieve.*\[@S1\]/s);
  for (const label of ['regions', 'themes', 'period', 'organisations', 'sources']) {
    assert.ok(documentation(offers.get(label)).length > 10, `${label} says nothing`);
  }
});

test('a key that is accepted brings the keys that must be there, and no value that nobody meant', async () => {
  const offers = await editor.completions(CASE, '¦');
  assert.match(offers.get('organisations').insertText, /- name: \$1\n +role: \$2/);
  assert.match(offers.get('scale').insertText, /- measure: \$1\n +value: \$2/);
  assert.match(offers.get('sources').insertText, /\$\{1:S1\}:\n +title: \$2/);
  assert.equal(offers.get('language').insertText.trim(), 'language:');
});

test('a word is offered with its meaning', async () => {
  const offers = await editor.completions(CASE, 'id: x\nstatus: ¦');
  const words = ['planned', 'pilot', 'operational', 'discontinued', 'superseded'];
  assert.deepEqual([...offers.keys()], words);
  assert.equal(documentation(offers.get('operational')), 'In everyday use.');
  assert.equal(new Set([...offers.values()].map(documentation)).size, words.length);
});

test('the themes of the manifest and the ids of the cases are offered', async () => {
  for (const text of ['themes:\n  - ¦', 'themes: [¦]']) {
    const themes = await editor.completions(CASE, text);
    assert.match(documentation(themes.get('telestroke')), /^Telestroke and teleneurology/);
    assert.ok(themes.size > 10);
  }
  const cases = await editor.completions(CASE, 'related:\n  - ¦');
  assert.ok(cases.has('oulu-self-care'));
  assert.match(await editor.hover(CASE, 'the¦mes: [telestroke]'), /- `telestroke`: Telestroke/);
});

test('a figure is offered with all that makes it useful', async () => {
  const offers = await editor.completions(CASE, 'results:\n  - ¦');
  const figure = offers.get('a figure with unit, date and source').insertText;
  for (const key of ['measure', 'value', 'unit', 'when', 'source']) assert.match(figure, new RegExp(`\\b${key}: `));
});

test('pointing at a key or a word shows what it means', async () => {
  for (const text of ['out¦come: mixed\n', 'outcome: mi¦xed\n']) {
    const shown = await editor.hover(CASE, text);
    assert.match(shown, /Outcome.*A failure told well is worth as much as a success\./s);
    assert.equal(shown.split('It was measured, and no difference was found.').length, 2);
  }
  // Its own description, not that of the definition which it refers to.
  assert.match(await editor.hover(CASE, 'evalua¦tion: x\n'), /How it was studied/);
});

test('the sample report raises no alarm', async () => {
  const names = (await readdir(root + 'cases')).filter((name) => name.endsWith('.yaml'));
  assert.ok(names.length > 20);
  for (const name of names) {
    const text = await readFile(`${root}cases/${name}`, 'utf8');
    assert.deepEqual(await editor.faults(CASE, text), [], name);
  }
  const manifest = await readFile(root + 'casebook.yaml', 'utf8');
  assert.deepEqual(await editor.faults(MANIFEST, manifest), []);
});

test('a misspelt key, an unknown theme and an odd id are underlined in words', async () => {
  const text = await readFile(root + 'cases/oulu-self-care.yaml', 'utf8');
  const faults = (from, to) => editor.faults(CASE, text.replace(from, to));
  const line = 1 + text.split('\n').findIndex((line) => line.startsWith('summary:'));
  const [missing, misspelt, ...others] = await faults(/^summary:/m, 'sumary:');
  assert.match(missing, /Missing property "summary"/);
  assert.equal(misspelt, `${line}: Property sumary is not allowed.`);
  assert.deepEqual(others, []);
  const [theme] = await faults(/^themes: \[/m, 'themes: [astronomy, ');
  assert.match(theme, /telestroke/);
  const [id] = await faults(/^id: .*/m, 'id: Oulu Self Care');
  assert.match(id, /lower-case letters, digits and single hyphens/);
});

test('the manifest is helped along too', async () => {
  const keys = await editor.completions(MANIFEST, 'casebook: 1\ntitle: T\n¦');
  assert.ok(!keys.has('title') && keys.has('contents'));
  assert.match(documentation(keys.get('edition')), /Its date is the date of the report/);
  const sections = await editor.completions(MANIFEST, 'contents:\n  - section: ¦');
  assert.equal(documentation(sections.get('setbacks')), 'What did not succeed, and what it teaches.');
  assert.match(await editor.hover(MANIFEST, 'edition:\n  da¦te: 2026\n'), /Date of the edition/);
});
