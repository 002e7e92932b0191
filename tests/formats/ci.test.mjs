// Owns what runs casebook in services: the action, the hooks and the pipeline keep their published schemas,
// and their scripts do on a casebook what they say.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => parse(readFileSync(join(REPOSITORY, path), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'casebook-ci-'));
after(() => rmSync(folder, { recursive: true }));

/** The program, compiled if need be. */
function program() {
  const args = ['build', '--locked', '--quiet', '--bin', 'casebook', '--message-format', 'json'];
  const run = spawnSync('cargo', args, { cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  const lines = run.stdout.split('\n').filter((line) => line.includes('"executable":"'));
  return JSON.parse(lines.at(-1)).executable;
}

const PATH = [dirname(program()), process.env.PATH].join(delimiter);

/** A casebook in a folder of its own; with a fault in a case if asked. */
function casebook(name, { faulty = false } = {}) {
  const root = join(folder, name);
  cpSync(join(REPOSITORY, 'examples/minimal'), root, { recursive: true });
  rmSync(join(root, 'build'), { recursive: true, force: true });
  if (faulty) writeFileSync(join(root, 'cases/faulty.yaml'), 'id: faulty\ntitle: No more than that\n');
  return root;
}

/** Runs a script as a service does, with nothing of the environment but its own variables. */
function run(script, cwd, variables = {}) {
  return spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH, HOME: folder, ...variables },
    encoding: 'utf8',
  });
}

function faults(name, value) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const keeps = ajv.compile(createRequire(import.meta.url)(`schemastore/schemas/json/${name}.json`));
  return keeps(value) ? [] : keeps.errors;
}

test('the action keeps its schema, and no script has a text of somebody in it', () => {
  const action = read('action.yml');
  assert.deepEqual(faults('github-action', action), []);
  for (const step of action.runs.steps) assert.doesNotMatch(step.run ?? '', /\$\{\{/);
});

/** The step of the action with a name, run as GitHub would with these inputs. */
function step(name, cwd, inputs) {
  const action = read('action.yml');
  const found = action.runs.steps.find((one) => one.name === name);
  const value = (input) => inputs[input] ?? action.inputs[input].default;
  const filled = Object.entries(found.env).map(([variable, text]) => [
    variable,
    text.replace(/\$\{\{ inputs\.([a-z-]+) \}\}/g, (_, input) => value(input)),
  ]);
  const output = join(folder, `output-${name}`);
  writeFileSync(output, '');
  const ended = run(found.run, cwd, {
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    ...Object.fromEntries(filled),
  });
  return { ...ended, output: readFileSync(output, 'utf8') };
}

test('the action tells of faults beside their lines and builds the draft all the same', () => {
  casebook('faulty', { faulty: true });
  const inputs = { root: 'faulty', sarif: 'found.sarif' };
  const checked = step('Check the cases', folder, inputs);
  assert.equal(checked.status, 1, checked.stderr);
  assert.match(checked.stdout, /^::error file=.*faulty\.yaml,line=/m);
  const { runs } = JSON.parse(readFileSync(join(folder, 'found.sarif'), 'utf8'));
  assert.ok(runs[0].results.length > 0);
  const built = step('Build the draft', folder, inputs);
  assert.match(built.output, /^report=faulty\/build$/m);
  for (const file of ['report.pdf', 'report.html']) assert.ok(existsSync(join(folder, 'faulty/build', file)), built.stderr);
});

test('the action is content with a sound casebook, strict or not', () => {
  casebook('sound');
  for (const strict of ['true', 'false']) {
    const checked = step('Check the cases', folder, { root: 'sound', strict });
    assert.equal(checked.status, 0, checked.stderr);
  }
});

test('the hooks of pre-commit keep their schema, and find faults in what changed', () => {
  const hooks = read('.pre-commit-hooks.yaml');
  assert.deepEqual(faults('pre-commit-hooks', hooks), []);
  const root = casebook('hooks', { faulty: true });
  for (const hook of hooks) {
    assert.match('cases/a.yaml', new RegExp(hook.files));
    assert.match('report/cases/a.yml', new RegExp(hook.files));
    const files = hook.pass_filenames === false ? '' : ' cases/faulty.yaml';
    const found = run(hook.entry + files, root);
    assert.equal(found.status, 1, hook.id);
    assert.match(found.stderr, /cases\/faulty\.yaml/);
  }
});

test('the pipeline of GitLab makes the reports and the site that it promises', () => {
  const pipeline = read('docs/gitlab-ci.yml');
  const root = casebook('gitlab', { faulty: true });
  const script = (job) => pipeline[job].script.join('\n');
  assert.equal(run(script('check'), root).status, 1);
  for (const file of Object.values(pipeline.check.artifacts.reports)) assert.ok(existsSync(join(root, file)), file);
  run(script('draft'), root);
  for (const file of pipeline.draft.artifacts.paths) assert.ok(existsSync(join(root, file)), file);
  rmSync(join(root, 'cases/faulty.yaml'));
  const published = run(script('pages'), root);
  assert.equal(published.status, 0, published.stderr);
  assert.ok(existsSync(join(root, 'public/index.html')));
});
