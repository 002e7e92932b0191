// Owns the guide to the form as a page: whole markup, no violation that axe-core finds, room on a phone.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertNone, launchBrowser } from './report.mjs';

const { resolve } = createRequire(import.meta.url);
const PAGES = ['guide', 'own'].map((name) => join(process.env.GUIDE_DIR, `${name}.html`));

const axe = await readFile(resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launchBrowser();
after(() => browser.close());

test('the Nu validator finds no error in the guides', () => {
  const run = spawnSync('java', ['-jar', resolve('vnu-jar/build/dist/vnu.jar'), '--format', 'json', ...PAGES], {
    encoding: 'utf8',
  });
  assert.ifError(run.error);
  assertNone(JSON.parse(run.stderr).messages.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`));
});

for (const path of PAGES) {
  for (const [width, colorScheme] of [[320, 'dark'], [1280, 'light']]) {
    test(`${path} is whole at ${width} px, ${colorScheme}`, async () => {
      const tab = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
      await tab.goto(pathToFileURL(path).href);
      const wider = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(() => window.axe.run(document));
      const linked = await tab.evaluate(() => {
        const links = [...document.querySelectorAll('nav a')];
        return links.filter((link) => !document.querySelector(`main #${CSS.escape(link.hash.slice(1))}`))
          .map((link) => link.hash);
      });
      await tab.close();
      assert.ok(wider <= 0, `${wider} px too wide`);
      assert.ok(passes.length > 10, 'axe-core checked next to nothing');
      assertNone(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`));
      assertNone(linked);
    });
  }
}
