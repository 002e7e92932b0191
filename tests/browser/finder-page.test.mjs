// Owns the page of all cases as a whole: without scripts, from a disk and from a server, what it loads, how
// it keeps still, what axe-core finds, and the types of its script.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { folderOf, onDisk, openFinder, search, shown } from './finder.mjs';
import { assertNone, openReport } from './report.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const report = await openReport();
const folder = folderOf('REPORT_DIR');
const own = folderOf('FINDER_DIR');
const served = `${report.origin}/cases/index.html`;
const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

test('without scripts all cases are there, and nothing that does not work', async () => {
  const context = await report.browser.newContext({ javaScriptEnabled: false });
  const bare = await context.newPage();
  await bare.goto(`${served}?theme=telestroke`);
  for (const found of report.cases) {
    assert.equal(await bare.locator(`#finder-cards a[href="${found.id}.html"]`).isVisible(), true, found.id);
  }
  const controls = await bare.locator('input, select, button, summary').all();
  assert.ok(controls.length > 50);
  for (const control of controls) assert.equal(await control.isVisible(), false);
  await context.close();
});

test('nothing moves when the script begins', async () => {
  for (const width of [390, 1280]) {
    const context = await report.browser.newContext({ viewport: { width, height: 900 } });
    const tab = await context.newPage();
    await tab.addInitScript(() => {
      globalThis.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shifts += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    // A script that comes late is the hard case.
    await tab.route('**/finder.js', async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    await tab.goto(served, { waitUntil: 'load' });
    await tab.waitForFunction(() => document.documentElement.classList.contains('finder-ready'));
    await tab.waitForTimeout(300);
    assert.equal(await tab.evaluate(() => globalThis.shifts), 0, `${width} px`);
    await context.close();
  }
});

test('the index is loaded when it is needed, and no other machine is asked', async () => {
  const index = (tab) => tab.requests.filter((url) => url.includes('finder-index')).length;
  for (const url of [served, onDisk(folder)]) {
    const tab = await openFinder(report.browser, url);
    assert.equal(index(tab), 0, url);
    await search(tab, 'stroke');
    assert.equal(index(tab), 1, url);
    await tab.locator('input[value=table]').check();
    assert.ok((await shown(tab)).length > 0);
    const foreign = tab.requests.filter((asked) => !/^(file:|data:)/.test(asked) && !asked.startsWith(report.origin));
    assert.deepEqual([foreign, tab.errors], [[], []], url);
    await tab.context().close();
    const chosen = await openFinder(report.browser, `${url}?outcome=failed`);
    assert.deepEqual([index(chosen), chosen.errors], [1, []], url);
    await chosen.context().close();
  }
});

test('a policy is in force, and nobody is harmed by what contributors wrote', async () => {
  const tab = await openFinder(report.browser, `${onDisk(own)}?q=script&view=table`);
  tab.on('dialog', () => assert.fail('a text was run'));
  assert.deepEqual(await shown(tab), ['athen']);
  assert.equal(await tab.locator('main img').count(), 0);
  const [title] = await tab.locator('tbody th').allInnerTexts();
  assert.equal(title, '</script><img src=x onerror=alert(1)> Αθήνα');
  for (const keyword of ['__proto__', 'a<b']) {
    await tab.goto(`${onDisk(own)}?keyword=${encodeURIComponent(keyword)}`);
    assert.deepEqual(await shown(tab), ['strasse'], keyword);
    assert.deepEqual(await tab.locator('.chip').allInnerTexts(), [`Schlagwort: ${keyword}`]);
  }
  assert.deepEqual(tab.errors, []);
  // Only now: what the policy refuses is told as an error.
  await tab.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.wasRun = true';
    document.body.append(script);
  });
  assert.equal(await tab.evaluate(() => globalThis.wasRun), undefined);
});

test('an index that cannot be loaded is told', async () => {
  const context = await report.browser.newContext();
  const tab = await context.newPage();
  await tab.route('**/finder-index.js', (route) => route.abort());
  await tab.goto(`${served}?q=stroke`);
  await tab.getByText('The search could not be loaded.').waitFor();
  await context.close();
});

test('what changes is announced, and in the language of the report', async () => {
  const tab = await openFinder(report.browser, onDisk(own));
  const status = tab.getByRole('status');
  assert.equal(await status.innerText(), 'Gezeigte Fälle: 4 von 4');
  await search(tab, 'wagen');
  assert.equal(await status.innerText(), 'Gezeigte Fälle: 1 von 4');
  await search(tab, 'qqq');
  assert.match(await status.innerText(), /^Gezeigte Fälle: 0 von 4. Kein Fall passt/);
});

test('targets are large enough for a finger', async () => {
  const tab = await openFinder(report.browser, `${onDisk(folder)}?q=care&outcome=success`, {
    viewport: { width: 390, height: 800 },
  });
  await tab.locator('.chip').first().waitFor();
  await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  const small = await tab.evaluate(() =>
    [...document.querySelectorAll('main :is(button, select, summary, label.option, #finder-words, .title a)')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ text: element.textContent.trim().slice(0, 30), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ text, box }) => `${text}: ${box.width} by ${box.height}`),
  );
  assertNone(small);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`axe-core finds no violation in any state, ${colorScheme} at ${width} px`, async () => {
      const problems = [];
      for (const query of ['', '?q=stroke&outcome=success&view=table', '?q=care&theme=telestroke', '?q=qqqq']) {
        const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
        const tab = await openFinder(report.browser, onDisk(folder) + query, options);
        if (query !== '') await tab.locator('.chip').first().waitFor();
        if (query.includes('telestroke')) await tab.evaluate(() => (document.getElementById('finder-filters').open = true));
        const { scrollWidth, innerWidth } = await tab.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          innerWidth,
        }));
        if (scrollWidth > innerWidth) problems.push(`${query}: the page is ${scrollWidth} px wide`);
        // What is laid out only when it comes into view would be judged by places that it has not yet.
        await tab.addStyleTag({ content: '#finder-cards > li { content-visibility: visible !important; }' });
        await tab.evaluate(axe);
        const { violations, passes } = await tab.evaluate(
          (values) => window.axe.run(document, { runOnly: { type: 'tag', values } }),
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
}

test('the types of the script hold', async () => {
  const compiler = join(require.resolve('typescript/package.json'), '../bin/tsc');
  const run = promisify(execFile)(process.execPath, [compiler, '-p', 'finder.tsconfig.json', '--listFiles']);
  const { stdout } = await run.catch((error) => assert.fail(error.stdout));
  assert.match(stdout, /templates\/finder\/finder\.js/);
});
