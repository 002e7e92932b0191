// Owns SARIF: the log keeps the schema of the standard, and what services do with it comes out right.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { outputOf, outputs, validate } from './output.mjs';

const schema = createRequire(import.meta.url)('schemastore/schemas/json/sarif-2.1.0.json');
// One of its patterns is sloppier than Unicode expressions may be.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isLog = ajv.compile(schema);

test('the schema is the one of SARIF 2.1.0 and refuses what is none', () => {
  assert.match(schema.$id, /sarif-schema-2\.1\.0\.json$/);
  assert.equal(isLog({ version: '2.1.0', runs: [{ results: [] }] }), false);
});

for (const { name, status, sarif } of outputs) {
  test(`the log of "${name}" keeps the schema`, () => {
    isLog(sarif);
    assert.deepEqual(isLog.errors, null);
  });

  test(`the log of "${name}" is what code scanning asks for`, () => {
    const [run] = sarif.runs;
    assert.equal(run.invocations[0].executionSuccessful, status < 2);
    assert.equal(run.results.length > 0, status > 0);
    const rules = run.tool.driver.rules;
    const fingerprints = new Set();
    for (const result of run.results) {
      assert.equal(rules[result.ruleIndex].id, result.ruleId);
      assert.ok(result.message.text.length > 0);
      assert.equal(result.locations.length, 1);
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      assert.ok(new URL(uri, 'file:///repository/').href.startsWith('file:///repository/'), uri);
      fingerprints.add(result.partialFingerprints['casebook/v1']);
    }
    assert.equal(fingerprints.size, run.results.length);
  });
}

test('a URI leads back to the file, whatever its name', () => {
  const uris = outputOf('hostile').sarif.runs[0].results.map(
    (result) => result.locations[0].physicalLocation.artifactLocation.uri,
  );
  assert.ok(uris.some((uri) => decodeURIComponent(uri) === `cases/%41 #?&<b>"'ä😀.yaml`), uris.join());
});

test('the fixes, made by line and column, mend the file', () => {
  const { root, sarif } = outputOf('mendable');
  const path = join(root, 'cases/a.yaml');
  const lines = readFileSync(path, 'utf8').split('\n');
  const fixes = sarif.runs[0].results.flatMap((result) => result.fixes ?? []);
  assert.equal(fixes.length, 2);
  for (const { artifactChanges } of fixes) {
    const [{ deletedRegion: region, insertedContent }] = artifactChanges[0].replacements;
    assert.equal(region.startLine, region.endLine);
    // Columns count Unicode characters, as the log says.
    const characters = [...lines[region.startLine - 1]];
    characters.splice(region.startColumn - 1, region.endColumn - region.startColumn, insertedContent.text);
    lines[region.startLine - 1] = characters.join('');
  }
  writeFileSync(path, lines.join('\n'));
  assert.deepEqual(validate('mended', root).sarif.runs[0].results, []);
});
