// Owns the looks of the pages: each kind on a phone and on a desk, held against pictures that are kept in
// golden/. `UPDATE=1` takes them anew, to be looked at before they are committed; where a page looks
// different, what it looks like and what differs are kept beside the report, in REPORT_DIR/looks.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { difference, pictureOf, written } from './pictures.mjs';
import { openReport } from './report.mjs';

const { browser, single, site } = await openReport();
const GOLDEN = join(dirname(fileURLToPath(import.meta.url)), 'golden');
const LOOKS = join(process.env.REPORT_DIR, 'looks');
const HEIGHT = 1300;

const at = (path) => site.find((page) => page.name === `site/${path}`)?.url;

const KINDS = {
  home: at('index.html'),
  chapter: site.find((page) => page.name.startsWith('site/chapters/'))?.url,
  theme: at('themes/telestroke.html'),
  region: at('regions/SE.html'),
  case: at('cases/tempis-telestroke.html'),
  finder: at('cases/index.html'),
  lessons: at('lessons.html'),
  evidence: at('evidence.html'),
  report: single.url,
};

for (const [kind, url] of Object.entries(KINDS)) {
  for (const width of [390, 1280]) {
    test(`a ${kind} page looks as it did, ${width} px wide`, async () => {
      assert.ok(url, 'there is no such page');
      const picture = await pictureOf(browser, url, width, HEIGHT);
      const file = join(GOLDEN, `${kind}-${width}.png`);
      if (process.env.UPDATE) {
        await mkdir(GOLDEN, { recursive: true });
        await writeFile(file, written(picture));
        return;
      }
      const differs = difference(picture, await readFile(file));
      if (differs) {
        await mkdir(LOOKS, { recursive: true });
        await writeFile(join(LOOKS, `${kind}-${width}.png`), written(picture));
        await writeFile(join(LOOKS, `${kind}-${width}-differs.png`), written(differs));
      }
      assert.ok(!differs, `it looks different: see ${LOOKS}; if that is meant, run with UPDATE=1`);
    });
  }
}
