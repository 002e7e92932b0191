// Owns pages on paper and pages as they come: what a browser prints is whole and has nothing of the screen,
// and nothing moves while a page loads, with scripts or without.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const { browser, kinds, casePages, single } = await openReport();
const folder = await mkdtemp(join(tmpdir(), 'casebook-print-'));
after(() => rm(folder, { recursive: true }));

const poppler = (tool, ...more) => execFileSync(tool, more, { encoding: 'utf8', maxBuffer: 1 << 28 });
const letters = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

/** A page as a browser prints it, with what stands in it to be printed. */
async function printed(page) {
  const tab = await browser.newPage();
  await tab.goto(page.url);
  await tab.emulateMedia({ media: 'print' });
  const shown = await tab.evaluate(() => {
    const main = document.querySelector('main') ?? document.body;
    const isPrinted = (element) => element?.checkVisibility() && !element.closest('svg, .wide');
    const blocks = [...main.querySelectorAll('h1, h2, h3, h4, h5, p, li, dt, dd')].filter(isPrinted);
    return {
      texts: blocks.filter((block) => !block.querySelector('p, li, ul, ol, svg')).map((block) => block.innerText),
      links: [...main.querySelectorAll('a[href^="http"]')].filter(isPrinted).map((link) => link.href),
      menus: [...document.querySelectorAll('.skip, .crumbs, .on-this-page, .beside, .site-header, .permalink, .needs-script')]
        .filter((element) => element.checkVisibility()).map((element) => element.className),
    };
  });
  const file = join(folder, 'page.pdf');
  await writeFile(file, await tab.pdf({ format: 'A4', printBackground: false }));
  await tab.close();
  const pages = Number(/Pages:\s+(\d+)/.exec(poppler('pdfinfo', file))[1]);
  return { shown, pages, text: letters(poppler('pdftotext', '-raw', file, '-')), links: poppler('pdfinfo', '-url', file) };
}

/** Holds what was printed against what stands in the page. */
function assertWhole({ shown, text, links }) {
  assert.deepEqual(shown.menus, []);
  assert.ok(shown.texts.length > 20, `only ${shown.texts.length} texts`);
  assertNone(shown.texts.filter((part) => !text.includes(letters(part))).map((part) => `cut: ${part.slice(0, 100)}`));
  assert.ok(shown.links.length > 0);
  assertNone(shown.links.filter((link) => !links.includes(link)).map((link) => `not linked: ${link}`));
}

test('a case page is printed whole, on a few pages, without menus', async () => {
  const [longest] = casePages;
  const found = await printed(longest);
  assertWhole(found);
  assert.ok(found.pages >= 2 && found.pages <= 8, `${found.pages} pages`);
});

test('report.html is printed whole', async () => {
  const found = await printed(single);
  assertWhole(found);
  assert.ok(found.pages >= 80 && found.pages <= 260, `${found.pages} pages`);
});

const samples = [single, casePages[0], ...Object.values(kinds).map(([first]) => first)];

for (const width of [390, 1280]) {
  test(`nothing moves while a page comes, ${width} px wide`, async () => {
    const problems = [];
    for (const page of samples) {
      const tab = await browser.newPage({ viewport: { width, height: 900 } });
      await tab.addInitScript(() => {
        globalThis.moved = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const nodes = entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
            globalThis.moved.push({ by: entry.value, nodes });
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await tab.goto(page.url, { waitUntil: 'load' });
      await tab.waitForTimeout(250);
      const moved = await tab.evaluate(() => globalThis.moved);
      const sum = moved.reduce((all, { by }) => all + by, 0);
      if (sum > 0.01) problems.push(`${page.name}: ${sum.toFixed(3)} ${JSON.stringify(moved)}`);
      await tab.close();
    }
    assertNone(problems);
  });
}

test('what is seen first needs no script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  // A script that never comes must hold nothing up.
  await tab.route('**/*.js', () => {});
  const problems = [];
  for (const page of samples) {
    await tab.goto(page.url, { waitUntil: 'commit' });
    await tab.locator('h1').first().waitFor({ state: 'visible', timeout: 5000 });
    const words = (await tab.locator('main, body').first().innerText()).split(/\s+/).length;
    if (words < 20) problems.push(`${page.name}: ${words} words`);
  }
  await context.close();
  // With scripts on, but slow, too.
  const slow = await browser.newPage();
  await slow.route('**/*.js', () => {});
  for (const page of samples) {
    await slow.goto(page.url, { waitUntil: 'commit' });
    await slow.locator('h1').first().waitFor({ state: 'visible', timeout: 5000 });
    const text = await slow.locator('main, body').first().innerText();
    if (text.split(/\s+/).length < 20) problems.push(`${page.name}: waits for its script`);
  }
  await slow.close();
  assertNone(problems);
});
