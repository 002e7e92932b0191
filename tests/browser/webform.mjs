// Owns the form to fill in under test: how it is opened and filled, what it saves, and what casebook
// says of that.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newTab } from './report.mjs';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'casebook-webform-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs casebook, which must be content. */
export function casebook(...args) {
  const run = spawnSync('cargo', ['run', '--locked', '--quiet', '--', ...args], {
    cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 1 << 28,
  });
  assert.equal(run.status, 0, `${args.join(' ')}\n${run.stderr}${run.stdout.slice(0, 4000)}`);
  return run.stdout;
}

/** A casebook with some paths of another one, and files by their paths. */
export function casebookOf(name, from, paths, files) {
  const root = join(folder, name);
  for (const path of paths) cpSync(join(REPOSITORY, from, path), join(root, path), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The cases of a casebook as casebook reads them, in full. */
export function casesIn(root) {
  return JSON.parse(casebook('export', '--format', 'json', '--root', root)).cases;
}

/** The page that belongs to the form of a casebook. */
export function formOf(root) {
  const path = join(folder, `${root.replace(/\W/g, '-')}.html`);
  casebook('schema', 'html-form', '--root', root, '-o', path);
  return pathToFileURL(path).href;
}

/** Opens a page. What goes wrong is kept in `errors`, what it asks for in `requests`. */
export async function openForm(browser, url, options = {}) {
  const tab = await newTab(browser, options);
  tab.on('dialog', (dialog) => void dialog.accept());
  await tab.goto(url);
  return tab;
}

/** The group of a question by its name. */
export function group(tab, name) {
  return tab.locator('fieldset').filter({ has: tab.locator(`> legend > .name:text-is("${name}")`) });
}

/** The control of a question by its name, on the outermost level. */
export function control(tab, name) {
  return tab.locator('section > .field, section > div > .field').filter({ has: tab.locator(`> label > .name:text-is("${name}")`) })
    .locator('input, textarea, select');
}

/** Searches a list by name, and takes the first that is found. */
export async function choose(box, words) {
  await box.click();
  await box.fill(words);
  await box.press('ArrowDown');
  await box.press('Enter');
}

/** Opens the text of a case file in the page. */
export async function openFile(tab, text, name = 'case.yaml') {
  await tab.locator('#open').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
  await tab.waitForFunction(() => !document.getElementById('note').hidden && document.getElementById('open').value === '');
  return tab.locator('#note').textContent();
}

/** Presses a button that saves, and reads the file. */
export async function saved(tab, button = '#save') {
  const [download] = await Promise.all([tab.waitForEvent('download', { timeout: 20_000 }), tab.locator(button).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** What the page tells of faults. */
export function faults(tab) {
  return tab.locator('.fault:visible').allTextContents();
}
