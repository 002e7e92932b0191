// Owns the pictures of contributors: a drawing that means harm is shown, and does none when it is opened.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { folderOf } from './finder.mjs';
import { launchBrowser } from './report.mjs';

const folder = folderOf('FINDER_DIR');
const browser = await launchBrowser();
after(() => browser.close());

test('a drawing that means harm is a picture and nothing else', async () => {
  const tab = await browser.newPage();
  const requests = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('dialog', (dialog) => requests.push(`dialog ${dialog.message()}`));
  await tab.goto(pathToFileURL(join(folder, 'site/cases/wagen.html')).href);
  const picture = tab.locator('main img');
  assert.equal(await picture.evaluate((found) => found.naturalWidth), 120);
  // As if a reader opened it by itself, where scripts would run.
  const source = await picture.getAttribute('src');
  const body = Buffer.from(source.replace('data:image/svg+xml;base64,', ''), 'base64');
  await tab.route('https://opened.test/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body }));
  requests.length = 0;
  await tab.goto('https://opened.test/picture.svg');
  await tab.locator('path').first().click({ position: { x: 2, y: 2 }, force: true });
  await tab.mouse.click(60, 40);
  await tab.waitForTimeout(300);
  assert.deepEqual(requests.filter((url) => !url.startsWith('data:')), ['https://opened.test/picture.svg']);
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.ran), undefined);
  const names = await tab.evaluate(() => [...new Set([...document.querySelectorAll('*')].map((found) => found.localName))]);
  assert.deepEqual(
    names.filter((name) => !['svg', 'g', 'path', 'image', 'defs'].includes(name)),
    [],
  );
  const nested = await tab.locator('image').getAttribute('xlink:href');
  assert.ok(!Buffer.from(nested.split(',')[1].trim(), 'base64').includes('script'));
});
