// Owns what `init` and `schema issue-form` write for GitHub and editors: each keeps its published schema.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'casebook-authoring-'));
after(() => rmSync(folder, { recursive: true }));

function casebook(...args) {
  const run = spawnSync('cargo', ['run', '--locked', '--quiet', '--', ...args], { cwd: REPOSITORY, encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout;
}

/** What holds a value against a schema of SchemaStore. */
function keeper(name) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const keeps = ajv.compile(createRequire(import.meta.url)(`schemastore/schemas/json/${name}.json`));
  return (value) => (keeps(value) ? [] : keeps.errors);
}

const faultsOfForm = keeper('github-issue-forms');
const faultsOfWorkflow = keeper('github-workflow');

const made = join(folder, 'made');
casebook('init', made, '--title', 'A report: "ours"', '--country', 'SE', '--no-input');
const read = (path) => readFileSync(join(made, path), 'utf8');

test('the schemas refuse what is none', () => {
  assert.notDeepEqual(faultsOfForm({ name: 'x', description: 'y', body: [{ type: 'input' }] }), []);
  assert.notDeepEqual(faultsOfWorkflow({ on: 'push', jobs: { a: { steps: [{ uses: 1 }] } } }), []);
});

for (const root of ['.', 'examples/own-form', 'examples/extended-form']) {
  test(`the form for issues of ${root} keeps GitHub's schema`, () => {
    const form = parse(casebook('schema', 'issue-form', '--root', root));
    assert.deepEqual(faultsOfForm(form), []);
    assert.ok(form.body.length > 10);
  });
}

test('a new casebook has a form for issues and a workflow that keep their schemas', () => {
  assert.deepEqual(faultsOfForm(parse(read('.github/ISSUE_TEMPLATE/case.yml'))), []);
  assert.deepEqual(faultsOfWorkflow(parse(read('.github/workflows/casebook.yml'))), []);
});

test('another reader of YAML reads the files of a new casebook', () => {
  assert.equal(parse(read('casebook.yaml')).title, 'A report: "ours"');
  const blank = parse(read('contributing/blank-case.yaml'));
  assert.deepEqual(Object.keys(blank), ['id', 'title', 'summary', 'regions', 'themes', 'status', 'outcome']);
  assert.deepEqual(blank.regions, ['TODO']);
});

test('the settings lead an editor to schemas that are there', () => {
  const { 'yaml.schemas': schemas } = JSON.parse(read('.vscode/settings.json'));
  assert.deepEqual(Object.values(schemas).flat(), ['casebook.yaml', 'cases/**/*.yaml', 'cases/**/*.yml']);
  for (const path of Object.keys(schemas)) assert.ok(JSON.parse(read(path)).properties.title, path);
});
