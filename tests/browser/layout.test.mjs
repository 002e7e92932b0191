// Owns the width of the pages: on a phone and on a desk, none is wider than its window.
import assert from 'node:assert/strict';
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

/** Where the title, the list of parts and the text stand in the window. */
const places = (tab) =>
  tab.evaluate(() => {
    const list = document.querySelector('.on-this-page');
    const box = (element) => element.getBoundingClientRect().toJSON();
    return { title: box(document.querySelector('h1')), list: box(list), text: box(list.nextElementSibling) };
  });

test('on a phone the list of parts stands between the title and the text', async () => {
  const tab = await report.browser.newPage({ viewport: { width: 390, height: 800 } });
  for (const page of [report.casePages[0], report.kinds.chapter[0]]) {
    await tab.goto(page.url);
    const { title, list, text } = await places(tab);
    assert.ok(title.top < 400, `the title of ${page.name} is ${title.top} px down`);
    assert.ok(title.bottom <= list.top && list.bottom <= text.top, page.name);
  }
  await tab.close();
});

test('on a desk the list of parts stands beside the text, and stays in sight', async () => {
  const tab = await report.browser.newPage({ viewport: { width: 1280, height: 800 } });
  for (const page of [report.casePages[0], report.kinds.chapter[0]]) {
    await tab.goto(page.url);
    const { title, list, text } = await places(tab);
    assert.ok(list.left >= text.right && list.right <= 1280, page.name);
    assert.ok(list.top >= title.bottom && list.top <= text.bottom, page.name);
    await tab.evaluate(() => scrollTo(0, document.querySelector('main').offsetHeight / 2));
    const later = await places(tab);
    assert.ok(later.title.bottom < 0 && later.list.top >= 0 && later.list.bottom <= 800, page.name);
  }
  await tab.close();
});
