// Owns what a keystroke costs on the page of all cases: `node finder.bench.mjs FOLDER`, where FOLDER is a
// built site. It prints and judges nothing.
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from './report.mjs';

/** What readers type: from one letter, which fits nearly all, to words that few cases have. */
const TYPED = ['telestroke network', 'hospital', 'the care of patients', 'region monitoring', 'xylophone'];

const [folder] = process.argv.slice(2);
const browser = await launchBrowser();
const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await tab.goto(pathToFileURL(join(resolve(folder), 'cases/index.html')).href);

const loaded = await tab.evaluate(async () => {
  const begun = performance.now();
  const input = document.getElementById('finder-words');
  input.focus();
  input.value = 'zz';
  input.dispatchEvent(new Event('input'));
  const cards = document.querySelectorAll('#finder-cards > li').length;
  while (document.querySelectorAll('#finder-cards > li').length === cards) {
    await new Promise((done) => setTimeout(done, 1));
  }
  return { cards, milliseconds: performance.now() - begun };
});

// The time of the processor, not that of the clock: other programs take no part in it.
await browser.startTracing(tab, { categories: ['devtools.timeline', '-*'] });
await tab.evaluate(async (texts) => {
  const input = document.getElementById('finder-words');
  // What a reader waits for is laid out as well.
  document.addEventListener('input', () => document.body.getBoundingClientRect());
  for (const text of texts) {
    const steps = [...text].map((_, end) => text.slice(0, end + 1));
    for (const value of [...steps, ...steps.slice(0, -1).reverse(), '']) {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => setTimeout(done, 100));
    }
    // Meanwhile all cases have come back, so the first letter of the next has the most to do.
    await new Promise((done) => setTimeout(done, 2500));
  }
}, TYPED);
const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
await browser.close();

const keystrokes = traceEvents.filter(({ name, args }) => name === 'EventDispatch' && args.data?.type === 'input');
const times = keystrokes.map(({ tdur }) => tdur / 1000).sort((a, b) => a - b);
const at = (share) => times[Math.floor((times.length - 1) * share)].toFixed(1);
console.log(`${loaded.cards} cases, ${times.length} keystrokes; the first search was shown after ${loaded.milliseconds.toFixed(0)} ms`);
console.log(`a keystroke: median ${at(0.5)} ms, 95 in 100 within ${at(0.95)} ms, worst ${at(1)} ms`);
