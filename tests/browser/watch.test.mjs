// Owns the preview as an editor sees it: a tab that follows what is saved, and says what is wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { launchBrowser } from './report.mjs';

assert.ok(process.env.CASEBOOK, 'CASEBOOK names no program to run');

/** Steps may take as long as a busy machine needs. */
const PATIENCE = { timeout: 60_000 };
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const folder = await mkdtemp(join(tmpdir(), 'casebook-watch-'));
await cp(resolve('../../examples/minimal'), folder, { recursive: true });
const program = spawn(process.env.CASEBOOK, ['watch', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise((heard) => createInterface(program.stdout).once('line', heard));
const browser = await launchBrowser();
after(async () => {
  await browser.close();
  program.kill('SIGINT');
  await rm(folder, { recursive: true });
});

const tab = await browser.newPage();
tab.setDefaultTimeout(PATIENCE.timeout);
const problems = [];
tab.on('console', (message) => problems.push(`${tab.url()}: ${message.text()}`));
tab.on('pageerror', (error) => problems.push(`${tab.url()}: ${error}`));

const file = join(folder, 'cases/rijnmond-portal.yaml');
const good = await readFile(file, 'utf8');
const titled = (title) => good.replace(/^title: .*$/m, `title: ${title}`);
const panel = tab.getByRole('status', { name: 'casebook watch' });
const heading = (title) => tab.getByRole('heading', { level: 1, name: title });

test('a tab goes to the page of the case that was saved, and shows each save', async () => {
  await tab.goto(address);
  assert.equal(new URL(tab.url()).pathname, '/site/index.html');
  await writeFile(file, titled('Saved once'));
  await heading('Saved once').waitFor();
  assert.equal(new URL(tab.url()).pathname, '/site/cases/rijnmond-portal.html');
  // What is ready first is shown first, and is not loaded again when the rest is.
  const loads = [];
  tab.on('load', () => loads.push(tab.url()));
  await tab.evaluate(() => scrollTo(0, 300));
  await writeFile(file, titled('Saved twice'));
  await heading('Saved twice').waitFor();
  await tab.waitForFunction(() => scrollY > 200, null, PATIENCE);
  await tab.waitForTimeout(3000);
  assert.equal(loads.length, 1, loads.join());
  assert.equal(await panel.locator('details').count(), 0);
  assert.deepEqual(problems, []);
});

test('what is wrong is shown on the last good page, as text alone, until it is mended', async () => {
  await writeFile(file, titled('"<img src=x onerror=alert(1)>"').replace(/^themes: .*$/m, 'themes: ["<b>no theme</b>"]'));
  const summary = panel.locator('summary');
  await summary.waitFor();
  assert.match(await summary.textContent(), /^1 error – this page is of the last good build$/);
  const told = await panel.textContent();
  assert.match(told, /<b>no theme<\/b>/);
  assert.match(told, /cases\/rijnmond-portal\.yaml:\d+:\d+/);
  assert.match(told, /→ /, 'it says what to do');
  assert.equal(await panel.locator('b, img').count(), 0);
  await heading('Saved twice').waitFor();

  // By the keyboard it can be put away, and it is as readable as the pages are.
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), RULES);
  assert.deepEqual(violations.map((found) => found.id), []);
  await summary.focus();
  await tab.keyboard.press('Enter');
  assert.equal(await panel.locator('details[open]').count(), 0);

  await writeFile(file, titled('Mended'));
  await heading('Mended').waitFor();
  assert.equal(await panel.locator('details').count(), 0);
  assert.deepEqual(problems, []);
});

test('the page in one file is loaded anew as well', async () => {
  await tab.goto(`${address}report.html`);
  await writeFile(join(folder, 'casebook.yaml'), (await readFile(join(folder, 'casebook.yaml'), 'utf8')).replace(/^title: .*$/m, 'title: A new name'));
  await tab.waitForFunction(() => document.title.includes('A new name'), null, PATIENCE);
  assert.equal(new URL(tab.url()).pathname, '/report.html');
  assert.deepEqual(problems, []);
});

test('a new case is opened, a page that is gone says so, and comes back with its case', async () => {
  const extra = join(folder, 'cases/extra.yaml');
  const text = (title) => titled(title).replace(/^id: .*$/m, 'id: extra');
  await tab.goto(`${address}site/index.html`);
  await writeFile(extra, text('An extra case'));
  await heading('An extra case').waitFor();
  await rm(extra);
  await heading('There is no such page').waitFor();
  await writeFile(extra, text('Back again'));
  await heading('Back again').waitFor();
});
