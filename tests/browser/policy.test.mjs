// Owns what pages let in: their policies hold in the browser, and get in the way of nothing that is theirs.
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();
const tab = await report.browser.newPage();
const problems = [];
tab.on('console', (message) => problems.push(`${tab.url()}: ${message.text()}`));

/** A page of the site as it is opened from the disk. */
function onDisk(page) {
  return pathToFileURL(join(resolve(process.env.REPORT_DIR), page.name)).href;
}

test('pages look the same from the disk as from a server', async () => {
  problems.length = 0;
  for (const page of [report.index, ...report.casePages.slice(0, 3), report.single]) {
    const looks = [];
    for (const url of [page.url, page === report.single ? page.url : onDisk(page)]) {
      await tab.goto(url);
      looks.push(
        await tab.evaluate(() => [...document.querySelectorAll('body *')].map((element) => getComputedStyle(element).cssText)),
      );
    }
    assert.ok(looks[0].length > 50, page.name);
    assert.deepEqual(looks[0], looks[1], page.name);
  }
  assertNone(problems);
});

test('the style sheet of report.html applies', async () => {
  await tab.goto(report.single.url);
  // A sheet whose digest the policy does not know would be left out.
  assert.equal(await tab.evaluate(() => document.styleSheets.length), 1);
});

test('nothing that came into a page by mistake would run', async () => {
  for (const page of [report.index, report.single]) {
    await tab.goto(page.url);
    const ran = await tab.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const picture = document.createElement('img');
      const blocked = new Promise((tell) => document.addEventListener('securitypolicyviolation', tell, { once: true }));
      picture.src = 'https://example.org/picture.png';
      document.body.append(picture);
      await blocked;
      return window.ran === true;
    });
    assert.equal(ran, false, page.name);
  }
});
