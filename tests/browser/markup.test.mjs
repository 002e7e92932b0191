// Owns the markup of all pages: the Nu validator, the checker of the HTML standard, finds no error in it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { assertNone } from './report.mjs';

const VALIDATOR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

/** What the validator says of files and folders, from one run of Java. */
function validate(...paths) {
  const run = spawnSync('java', ['-jar', VALIDATOR, '--format', 'json', '--errors-only', '--skip-non-html', ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  assert.ifError(run.error);
  return JSON.parse(run.stderr).messages;
}

test('the Nu validator finds no error on any page', () => {
  const folder = resolve(process.env.REPORT_DIR);
  const found = validate(join(folder, 'site'), join(folder, 'report.html'));
  assertNone(found.map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`));
});

test('the Nu validator finds an error where there is one', () => {
  // Without this, a validator that reads nothing would find nothing either.
  const wrong = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'wrong.html');
  assert.match(validate(wrong).map(({ message }) => message).join('\n'), /must have an “alt” attribute/);
});
