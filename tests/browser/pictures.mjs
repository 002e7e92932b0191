// Owns pictures of pages as they are kept: small, grey, and in a font that comes along, so that they are
// the same wherever the same browser takes them.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const FONTS = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/@fontsource/noto-sans/files');

/** How far a point may be off, between 0 and 1, before it counts; and how many points may be. */
const [OFF, SHARE] = [0.12, 0.002];

/** A style sheet that sets everything in one font. */
async function oneFont() {
  const faces = [];
  for (const weight of [400, 700]) {
    for (const style of ['normal', 'italic']) {
      const file = await readFile(join(FONTS, `noto-sans-latin-${weight}-${style}.woff2`));
      faces.push(`@font-face { font-family: Pinned; font-weight: ${weight}; font-style: ${style};
        src: url(data:font/woff2;base64,${file.toString('base64')}); }`);
    }
  }
  return `${faces.join('\n')} * { font-family: Pinned !important; caret-color: transparent !important; }`;
}

const STYLE = await oneFont();

/** A picture of the beginning of a page, half as wide and high as the page itself. */
export async function pictureOf(browser, url, width, height) {
  // The policy of the page would keep the font out.
  const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, reducedMotion: 'reduce' });
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.addStyleTag({ content: STYLE });
  await tab.evaluate(() => document.fonts.ready);
  const taken = PNG.sync.read(await tab.screenshot());
  await context.close();
  return halved(taken);
}

/** A picture with the grey of four points for each. */
function halved({ width, height, data }) {
  const small = new PNG({ width: width >> 1, height: height >> 1 });
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      let sum = 0;
      for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
        const at = ((2 * y + dy) * width + 2 * x + dx) * 4;
        sum += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
      }
      const at = (y * small.width + x) * 4;
      small.data.fill(Math.round(sum / 4), at, at + 3);
      small.data[at + 3] = 255;
    }
  }
  return small;
}

/** A picture as a file. */
export function written(picture) {
  return PNG.sync.write(picture, { colorType: 0, deflateLevel: 9 });
}

/** What differs between a picture and the one kept: a picture of it, or nothing if it is within bounds. */
export function difference(picture, file) {
  const kept = PNG.sync.read(file);
  const { width, height } = picture;
  if (kept.width !== width || kept.height !== height) return picture;
  const shown = new PNG({ width, height });
  const off = pixelmatch(picture.data, kept.data, shown.data, width, height, { threshold: OFF });
  return off > SHARE * width * height ? shown : undefined;
}
