// Owns what axe-core finds: the pages keep the rules of WCAG 2.2, levels A and AA, that it can check.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const report = await openReport();
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The longest page: it shows most. */
const longest = (pages) => pages.reduce((one, two) => (two.size > one.size ? two : one));

// Every section has parts of its own; of the other kinds the longest will do.
const pages = [
  ...Object.entries(report.kinds).flatMap(([kind, pages]) => (kind === 'section' ? pages : [longest(pages)])),
  report.casePages[0],
  report.single,
];

// A phone shows other faults than a desk: boxes that scroll, targets that come too close; and colours
// differ by day and by night.
for (const [width, colorScheme] of [[390, 'dark'], [1280, 'light']]) {
  for (const page of pages) {
    test(`axe-core finds no violation on ${page.name} at ${width} px, ${colorScheme}`, async () => {
      const tab = await report.browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await tab.goto(page.url);
      // What is out of sight has no size as yet, and axe-core takes it to lie under other things.
      await tab.evaluate(() => {
        for (const card of document.querySelectorAll('#finder-cards > li')) card.style.contentVisibility = 'visible';
      });
      await tab.evaluate(axe);
      const { violations, passes } = await tab.evaluate(
        (values) => window.axe.run(document, { runOnly: { type: 'tag', values } }),
        RULES,
      );
      await tab.close();
      assert.ok(passes.length > 0, 'axe-core checked nothing');
      const problems = violations.flatMap(({ id, impact, help, nodes }) =>
        nodes.map((node) => {
          const why = node.failureSummary.replaceAll('\n', '\n    ');
          return `${id} (${impact}): ${help}\n  ${node.target}\n  ${node.html.slice(0, 200)}\n    ${why}`;
        }),
      );
      assertNone(problems);
    });
  }
}
