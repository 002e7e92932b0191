// Owns the width of the pages: on a phone and on a desk, none is wider than its window.
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();

for (const width of [390, 1280]) {
  test(`no page is wider than a window of ${width} px`, async () => {
    const tab = await report.browser.newPage({ viewport: { width, height: 800 } });
    const problems = [];
    for (const page of report.all) {
      await tab.goto(page.url);
      const found = await tab.evaluate(() => {
        const { scrollWidth } = document.documentElement;
        // Wide elements help to find the fault; those in a box that scrolls are no fault.
        const wide = [...document.body.querySelectorAll('*')]
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
          .filter((element) => !element.closest('table, pre'))
          .map((element) => `${element.localName}.${element.className}`);
        return { scrollWidth, innerWidth, wide: [...new Set(wide)].slice(0, 5) };
      });
      if (found.scrollWidth > found.innerWidth) {
        problems.push(`${page.name}: ${found.scrollWidth} px wide; look at ${found.wide.join(', ')}`);
      }
    }
    await tab.close();
    assertNone(problems);
  });
}
