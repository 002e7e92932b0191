// Owns the built report under test: its pages, a server for the site, and the browser they open in.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const CONTENT_TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.json': 'application/json',
  '.jsonl': 'application/jsonl',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
};

const BROWSER_ARGUMENTS = [
  '--no-sandbox', // The tests may run as root, where Chromium's sandbox does not start.
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The files of a built site by the path that a browser asks for. */
async function readSite(folder) {
  const names = await readdir(folder, { recursive: true });
  const files = new Map();
  for (const name of names) {
    const type = CONTENT_TYPES[extname(name)];
    if (type) {
      const body = await readFile(join(folder, name));
      files.set('/' + name.split(sep).map(encodeURIComponent).join('/'), { type, body });
    }
  }
  return files;
}

/**
 * Serves files on this machine, at a port that is free.
 *
 * The files are in memory already, so no request can reach another file.
 */
async function serve(files) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = files.get(pathname);
    if (file) {
      response.writeHead(200, { 'Content-Type': file.type }).end(file.body);
    } else {
      // A browser asks for an icon of its own accord; that a site has none is no broken link.
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

/** The system's Chromium. */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: BROWSER_ARGUMENTS,
  });
}

/**
 * Opens a tab of its own, which keeps what goes wrong in `errors` and what is asked for in `requests`.
 *
 * @param browser The browser.
 * @param options How its context differs from a new one.
 */
export async function newTab(browser, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.errors = [];
  tab.requests = [];
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) tab.errors.push(message.text());
  });
  tab.on('pageerror', (error) => tab.errors.push(String(error)));
  tab.on('request', (request) => tab.requests.push(request.url()));
  return tab;
}

/**
 * Opens the report in the folder REPORT_DIR; it is closed at the end of the calling test file.
 *
 * A page is `{ name, url, size }`, and a page of a case also has its `case`.
 */
export async function openReport() {
  assert.ok(process.env.REPORT_DIR, 'REPORT_DIR names no folder with a built report');
  const folder = resolve(process.env.REPORT_DIR);

  const { cases } = JSON.parse(await readFile(join(folder, 'data/cases.json'), 'utf8'));
  assert.ok(cases.length > 0, 'the report has no case to test');

  const files = await readSite(join(folder, 'site'));
  const server = await serve(files);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launchBrowser();
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  const single = {
    name: 'report.html',
    url: pathToFileURL(join(folder, 'report.html')).href,
    size: (await readFile(join(folder, 'report.html'))).length,
  };
  const caseOfPath = new Map(cases.map((found) => [`/cases/${found.id}.html`, found]));
  const site = [...files]
    .filter(([path]) => path.endsWith('.html'))
    .map(([path, file]) => ({
      name: 'site' + path,
      url: origin + path,
      size: file.body.length,
      case: caseOfPath.get(path),
    }));
  const index = site.find((page) => page.name === 'site/index.html');
  assert.ok(index, 'the site has no index.html');
  // The longest first: where a test takes only a few, these show most.
  const casePages = site.filter((page) => page.case).sort((a, b) => b.size - a.size);

  // What is beside the pages: data, the PDF, style sheets.
  const others = new Set([...files.keys()].filter((path) => !path.endsWith('.html')).map((path) => origin + path));

  return { browser, origin, cases, single, index, casePages, kinds: kindsOf(site), site, others, all: [single, ...site] };
}

/** The pages of the site by what they are. */
function kindsOf(site) {
  const at = (pattern) => site.filter((page) => pattern.test(page.name));
  const kinds = {
    home: at(/^site\/index\.html$/),
    list: at(/^site\/cases\/index\.html$/),
    chapter: at(/^site\/chapters\//),
    section: at(/^site\/(?!index|lists|about)[^/]+\.html$/),
    lists: at(/^site\/lists\.html$/),
    about: at(/^site\/about\.html$/),
    themes: at(/^site\/themes\/index\.html$/),
    theme: at(/^site\/themes\/(?!index)/),
    regions: at(/^site\/regions\/index\.html$/),
    region: at(/^site\/regions\/(?!index)/),
  };
  for (const [kind, pages] of Object.entries(kinds)) assert.ok(pages.length > 0, `no page of kind ${kind}`);
  return kinds;
}

/** Fails with all of the problems at once, a line each. */
export function assertNone(problems) {
  assert.ok(problems.length === 0, `${problems.length} problems:\n${problems.join('\n')}`);
}
