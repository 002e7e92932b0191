// Owns the output under test: the casebooks that are checked, and what the program writes about each.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

const MANIFEST = `casebook: 1
title: Test
edition: { date: 2026-01-02 }
themes: { telestroke: { title: Telestroke } }
`;

const CASE = `title: A case
summary: A short text.
regions: [SE221]
themes: [telestroke]
status: pilot
outcome: mixed
`;

const folder = mkdtempSync(join(tmpdir(), 'casebook-formats-'));
after(() => rmSync(folder, { recursive: true }));

/** A casebook from the texts of its files, by their paths. */
function casebook(name, files) {
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, name, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  return join(folder, name);
}

/** Checks a casebook, or some of its files, and reads what was written in each format. */
export function validate(name, root, files = []) {
  const formats = ['sarif', 'gitlab', 'junit'];
  const written = (format) => join(folder, `${name}.${format}`);
  const wanted = formats.flatMap((format) => ['--message-format', `${format}=${written(format)}`]);
  const run = spawnSync(
    'cargo',
    ['run', '--locked', '--quiet', '--', 'validate', '--root', root, ...wanted, ...files],
    { cwd: REPOSITORY, encoding: 'utf8' },
  );
  if (run.error) throw run.error;
  const read = (format) => {
    try {
      return readFileSync(written(format), 'utf8');
    } catch (error) {
      throw new Error(`${name}: no ${format}: ${run.stderr}`, { cause: error });
    }
  };
  return {
    name,
    root,
    status: run.status,
    sarif: JSON.parse(read('sarif')),
    gitlab: JSON.parse(read('gitlab')),
    junit: read('junit'),
  };
}

const HOSTILE = `cases/%41 #?&<b>"'ä😀.yaml`;

const mendable = casebook('mendable', {
  'casebook.yaml': MANIFEST,
  'cases/a.yaml': `id: a\n${CASE}keywrods: [x]\norganisations:\n  - { name: "😀 é 漢", rolle: lead }\n`,
});
const broken = casebook('broken', { 'casebook.yaml': 'casebook: [' });
const unparsed = casebook('unparsed', { 'casebook.yaml': MANIFEST, 'cases/a.yaml': 'id: "', 'cases/b.yaml': '\t' });
const hostile = casebook('hostile', {
  'casebook.yaml': MANIFEST,
  [HOSTILE]: `id: b\n${CASE}"]]>\\u0007\\u202e</failure>": 1\nscope: "&<>'\\"{0} [x](y) \\r\\n::error::"\n`,
  'cases/b.yaml': `id: b\n${CASE}problem: <b>bold</b>\n`,
});

/** What the program writes, from nothing wrong to nothing readable. */
export const outputs = [
  validate('clean', join(REPOSITORY, 'examples/minimal')),
  validate('faults', join(REPOSITORY, 'tests/faults')),
  validate('mendable', mendable),
  validate('hostile', hostile),
  validate('unparsed', unparsed),
  validate('unread', mendable, [join(mendable, 'cases/none.yaml')]),
  validate('broken', broken),
  validate('missing', folder),
];

/** The output about one of the casebooks. */
export function outputOf(name) {
  return outputs.find((output) => output.name === name);
}
