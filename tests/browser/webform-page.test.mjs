// Owns the form to fill in as a page: its types, its markup, its look on phones, on paper and to a reader.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertNone, launchBrowser } from './report.mjs';
import { casebookOf, control, formOf, group, openForm } from './webform.mjs';

const { resolve } = createRequire(import.meta.url);
const axe = await readFile(resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
after(() => browser.close());

/** A form whose words mean harm. */
const hostile = casebookOf('hostile', 'examples/minimal', ['casebook.yaml', 'cases', 'chapters'], {
  'form.yaml': `properties:
  "x</script><script>alert(1)</script>":
    title: "</script><script>alert(2)</script><!-- <b>bold</b>"
    description: "<img src=x onerror=alert(3)> \\u2028 &amp;"
    enum: ["<i>", "__proto__", "</textarea>"]
`,
});
const manifest = await readFile(`${hostile}/casebook.yaml`, 'utf8');
casebookOf('hostile', 'examples/minimal', [], { 'casebook.yaml': `${manifest}\nform: { extend: form.yaml }\n` });

const PAGES = { sample: formOf('.'), own: formOf('examples/own-form'), hostile: formOf(hostile) };

test('TypeScript finds the types of the script sound', () => {
  const config = fileURLToPath(new URL('webform.tsconfig.json', import.meta.url));
  const run = spawnSync('node', [resolve('typescript/bin/tsc'), '--project', config], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stdout);
});

test('the Nu validator finds no error in the pages', () => {
  const paths = Object.values(PAGES).map((url) => fileURLToPath(url));
  const run = spawnSync('java', ['-jar', resolve('vnu-jar/build/dist/vnu.jar'), '--format', 'json', '--errors-only', ...paths], { encoding: 'utf8' });
  assert.ifError(run.error);
  assertNone(JSON.parse(run.stderr).messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`));
});

test('words of a form stay words', async () => {
  const tab = await openForm(browser, PAGES.hostile);
  const name = tab.locator('.name', { hasText: '</script><script>alert(2)' });
  assert.equal(await name.textContent(), '</script><script>alert(2)</script><!-- <b>bold</b>');
  assert.equal(await tab.locator('script').count(), 2);
  assert.equal(await tab.locator('img, .name b').count(), 0);
  await control(tab, '</script><script>alert(2)</script><!-- <b>bold</b>').selectOption({ label: '__proto__' });
  await tab.locator('#preview summary').click();
  await tab.locator('#reading h3').first().waitFor();
  assert.match(await tab.locator('#file').textContent(), /x<\/script><script>alert\(1\)<\/script>: "__proto__"/);
  assert.deepEqual(tab.errors, []);
});

test('the policy lets nothing else run', async () => {
  const tab = await openForm(browser, PAGES.sample);
  const ran = await tab.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    return globalThis.ran === true;
  });
  assert.equal(ran, false);
  assert.ok(tab.errors.some((error) => error.includes('Content Security Policy')));
});

for (const name of ['sample', 'own']) {
  for (const [width, colorScheme] of [[320, 'dark'], [390, 'light'], [1280, 'dark'], [1280, 'light']]) {
    test(`the ${name} form has room and no violation at ${width} px, ${colorScheme}`, async () => {
      const tab = await openForm(browser, PAGES[name], { viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      // All that can be opened is open, and what is lacking is told.
      for (const add of await tab.locator('button.add').all()) await add.click();
      for (const add of await tab.locator('.entry button.add').all()) await add.click();
      await tab.locator('#preview summary').click();
      await tab.locator('#save').click();
      const search = tab.getByRole('combobox').first();
      if (await search.count()) {
        await search.click();
        await search.pressSequentially('a');
        await search.press('ArrowDown');
      }
      const wider = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wider <= 0, `${wider} px too wide`);
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(() => window.axe.run(document));
      assertNone(violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)));
      assert.ok(passes.length > 15);
      assert.deepEqual(tab.errors, []);
    });
  }
}

test('on paper it is a blank form: choices to tick, lines to write on, and no button', async () => {
  const tab = await openForm(browser, PAGES.sample);
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.locator('button:visible, select:visible, #note:visible').count(), 0);
  const outcome = tab.locator('.field').filter({ has: tab.locator('> label > .name:text-is("Outcome")') });
  assert.equal(await outcome.locator('.boxes li:visible').count(), 5);
  assert.ok(await group(tab, 'Costs').locator('.paper-line', { hasText: 'Amount' }).isVisible());
  assert.ok(await control(tab, 'Problem').isVisible());
  assert.equal(await group(tab, 'Themes').locator('.boxes li:visible').count(), 13);
  await tab.emulateMedia({ media: 'screen' });
  await control(tab, 'Outcome').selectOption({ label: 'mixed' });
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await outcome.locator('.boxes li:visible').count(), 0);
  assert.ok(await outcome.locator('select').isVisible());
  await tab.emulateMedia({ media: 'screen' });
  assert.equal(await tab.locator('.paper:visible').count(), 0);
  const pdf = await tab.pdf({ format: 'A4' });
  assert.ok(pdf.length > 20_000);
});
