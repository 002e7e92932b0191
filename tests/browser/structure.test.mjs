// Owns the structure of the pages: language, title, headings, and words for pictures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertNone, openReport } from './report.mjs';

const report = await openReport();
const tab = await report.browser.newPage();

/** What each page says of itself. */
const outlines = new Map();
for (const page of report.all) {
  await tab.goto(page.url);
  const outline = await tab.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    // A heading below h6 is an element with a role and a level.
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6, [role=heading]')].map(
      (heading) => ({
        level: Number(heading.getAttribute('aria-level') ?? heading.localName.slice(1)),
        text: heading.textContent.trim(),
      }),
    ),
    pictures: [...document.querySelectorAll('img, [role=img]')].map((picture) => ({
      html: picture.outerHTML.slice(0, 120),
      words: picture.getAttribute(picture.localName === 'img' ? 'alt' : 'aria-label'),
      shown: picture.localName !== 'img' || picture.naturalWidth > 0,
    })),
  }));
  outlines.set(page.name, outline);
}

/** Collects what `check` finds wrong on each page. */
function problemsOf(check) {
  return [...outlines].flatMap(([name, outline]) =>
    check(outline).map((problem) => `${name}: ${problem}`),
  );
}

test('every page has exactly one h1, which says something', () => {
  const problems = problemsOf(({ headings }) => {
    const titles = headings.filter((heading) => heading.level === 1);
    if (titles.length !== 1) return [`${titles.length} h1: ${titles.map(({ text }) => text)}`];
    return titles[0].text === '' ? ['an empty h1'] : [];
  });
  assertNone(problems);
});

test('headings begin with h1 and skip no level on the way down', () => {
  const problems = problemsOf(({ headings }) =>
    headings.flatMap((heading, position) => {
      const before = headings[position - 1] ?? { level: 0, text: '(start of page)' };
      const place = `h${before.level} "${before.text}" is followed by h${heading.level} "${heading.text}"`;
      return heading.level > before.level + 1 ? [place] : [];
    }),
  );
  assertNone(problems);
});

test('no heading is empty', () => {
  const empty = ({ headings }) => headings.filter(({ text }) => text === '');
  assertNone(problemsOf((outline) => empty(outline).map(({ level }) => `h${level} without text`)));
});

test('every page names its language', () => {
  const problems = problemsOf(({ lang }) => {
    try {
      return Intl.getCanonicalLocales(lang).length === 1 ? [] : ['no language'];
    } catch {
      return [`"${lang}" is no language`];
    }
  });
  assertNone(problems);
});

test('every page has a title of its own', () => {
  assertNone(problemsOf(({ title }) => (title.trim() === '' ? ['no title'] : [])));
  const reportTitle = outlines.get(report.index.name).title;
  for (const page of report.casePages) {
    assert.equal(outlines.get(page.name).title, `${page.case.title} – ${reportTitle}`, page.name);
  }
  const titles = report.site.map((page) => outlines.get(page.name).title);
  const twice = titles.filter((title, position) => titles.indexOf(title) !== position);
  // Two levels of regions may be the same land under the same name.
  const allowed = new Set(report.kinds.region.map((page) => outlines.get(page.name).title));
  assert.deepEqual(twice.filter((title) => !allowed.has(title)), []);
});

test('every picture has words and is there', () => {
  // An empty alt is right for a picture that only adorns; no alt never is.
  const problems = problemsOf(({ pictures }) =>
    pictures.flatMap(({ html, words, shown }) => [
      ...(words === null ? [`no words for ${html}`] : []),
      ...(shown ? [] : [`not shown: ${html}`]),
    ]),
  );
  assertNone(problems);
});
