// Owns what happens when a page loads: no error, and nothing asked of another machine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();

/** Loads a page and returns what it asked for, what went wrong, and what its elements name. */
async function load(page) {
  // A context of its own: a page must not live on what another one has put into the cache.
  const context = await report.browser.newContext();
  const tab = await context.newPage();
  const requests = [];
  const errors = [];
  tab.on('request', (request) => requests.push(request.url()));
  tab.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  tab.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.url()}: status ${response.status()}`);
  });
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(`console: ${message.text()}`);
  });
  tab.on('pageerror', (error) => errors.push(`page error: ${error}`));
  await tab.goto(page.url, { waitUntil: 'networkidle' });
  // A connection opened ahead of time is no request, so the elements are looked at as well.
  const named = await tab.evaluate(() => {
    // Of these links a browser fetches nothing.
    const told = '[rel=alternate], [rel=canonical], [rel=license], [rel=next], [rel=prev]';
    const found = [...document.querySelectorAll(`link[href]:not(${told}), [src], object[data], form[action]`)];
    return found.map((element) => element.href ?? element.src ?? element.data ?? element.action);
  });
  await context.close();
  return { requests, errors, named };
}

// A few at a time: each waits for the network to fall silent, and has little else to do.
const loads = new Map();
for (let first = 0; first < report.all.length; first += 4) {
  const some = report.all.slice(first, first + 4);
  await Promise.all(some.map(async (page) => loads.set(page, await load(page))));
}

test('no page reports an error', () => {
  const problems = [];
  for (const [page, { errors }] of loads) {
    for (const error of errors) problems.push(`${page.name}: ${error}`);
  }
  assertNone(problems);
});

test('report.html asks for nothing but itself', () => {
  const { requests, named } = loads.get(report.single);
  assert.deepEqual(requests, [report.single.url]);
  assert.deepEqual(named.filter((url) => !url.startsWith('data:')), []);
});

test('no page of the site asks for anything on another machine', () => {
  const problems = [];
  for (const page of report.site) {
    const { requests, named } = loads.get(page);
    assert.equal(requests[0], page.url, 'the recording missed the page itself');
    for (const url of [...requests, ...named]) {
      if (!url.startsWith(`${report.origin}/`) && !url.startsWith('data:')) {
        problems.push(`${page.name}: ${url}`);
      }
    }
  }
  assertNone(problems);
});
