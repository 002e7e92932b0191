// Owns the YAML of the form to fill in, held against casebook's own reader: what the page writes, casebook
// reads as it was meant.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { REPOSITORY, casebookOf, casesIn } from './webform.mjs';

const FILES = ['numeral', 'yaml-words', 'yaml-writer', 'yaml-scalars', 'yaml-flow', 'yaml-reader'];
const script = FILES.map((name) => readFileSync(join(REPOSITORY, `templates/webform/${name}.js`), 'utf8')).join('\n');
const { Numeral, YamlReader, YamlWriter } = vm.runInThisContext(`(() => { ${script}\nreturn { Numeral, YamlReader, YamlWriter }; })()`);

/** What makes trouble in YAML, alone and next to each other. */
const BITS = [
  'a', 'B', 'word', ' ', '  ', '\n', '\n\n', '\t', '-', '- ', ': ', ':', ' #', '#', "'", '"', '\\', '\u00a0', '\u00ad', '😀', 'é',
  'e\u0301', '漢', 'NO', 'yes', 'y', '1.10', '1_000', '~', 'null', '2020-01-05', '2020-01', '12:30', '1,000', '@', '`', '%', '!', '&', '*', '[', ']',
  '{', '}', '|', '>', '?', ',', '---', '...', '=', '<<', '1e3', '0x1F', '0o7', '.5', '5.', '+1', '007', '.inf', '.NaN', '- a\n- b\n', '> quoted',
  'https://a.b/c?d=e#f', '1998/2011', 'true', 'a long run of words that goes on until no line of a file has room for it any more, and on ',
];

/** Letters that nobody sees. */
const HIDDEN = ['\u2028', '\u2029', '\ufeff', '\u200b', '\u202e', '\ue000', '\u061c', '\u2066'];

/** Letters that no case may have: casebook refuses them, however they are written. */
const FORBIDDEN = ['\r', '\r\n', '\u0085', '\u0007', '\u009f', '\0', '\u001b', '\ufffe', '\udbff\udfff'];

/** Numbers that are the same in every run (Knuth's MMIX constants). */
let state = 7n;
function below(limit) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number((state >> 33n) % BigInt(limit));
}

function someText(bits) {
  return Array.from({ length: 1 + below(7) }, () => bits[below(bits.length)]).join('');
}

/** Texts that say something: casebook leaves out blank entries of a list. */
const texts = Array.from({ length: 9000 }, (_, at) => someText(at % 3 === 0 ? [...BITS, ...HIDDEN] : BITS)).filter((text) => text.trim() !== '').slice(0, 8000);
const all = [...texts, ...Array.from({ length: 4000 }, () => someText([...BITS, ...HIDDEN, ...FORBIDDEN]))];

test('casebook reads any text that the page writes as it is', () => {
  const SIZE = 500;
  const files = {};
  const parts = Array.from({ length: texts.length / SIZE }, (_, at) => texts.slice(at * SIZE, (at + 1) * SIZE));
  for (const [number, part] of parts.entries()) {
    const record = new Map([
      ['id', `part-${number}`], ['title', 'A part'], ['texts', part], ['rows', part.map((text) => new Map([['text', text]]))],
      ['words', part.map((text) => [text, 'b'])],
    ]);
    files[`cases/part-${number}.yaml`] = YamlWriter.write(record);
  }
  const schema = `type: object
properties:
  id: {type: string}
  title: {type: string}
  texts: {type: array, items: {type: string}}
  words: {type: array, items: {type: array, items: {type: string}}}
  rows: {type: array, items: {type: object, properties: {text: {type: string}}}}
`;
  const manifest = `casebook: 1
title: Hostile
form:
  schema: form.yaml
  roles: { id: /id, title: /title, sections: [/texts, /rows, /words] }
`;
  const root = casebookOf('yaml', '.', [], { ...files, 'form.yaml': schema, 'casebook.yaml': manifest });
  const cases = casesIn(root);
  assert.equal(cases.length, parts.length);
  for (const [number, part] of parts.entries()) {
    const { fields } = cases.find(({ id }) => id === `part-${number}`);
    const value = (pointer) => fields.find((field) => field.pointer === pointer)?.value;
    assert.deepEqual(value('/texts'), part);
    assert.deepEqual(value('/rows').map((row) => Object.values(row)[0]), part);
    assert.deepEqual(value('/words').map(([text]) => text), part);
  }
});

test('the page reads whatever it writes as it was', () => {
  for (const text of all) {
    const map = new Map([
      ['text', text], ['list', [text, 'b']], ['deep', [new Map([['k', text], ['l', [text]]])]], ['lists', [[[text]]]],
      [text === 'text' ? 'other' : text, 'value'], ['number', new Numeral('1.10')], ['none', []], ['nothing', new Map()], ['null', null], ['no', false],
    ]);
    const written = YamlWriter.write(map);
    assert.deepEqual(YamlReader.read(written).map, map, written);
  }
});

test('a text with half a letter is written without it', () => {
  assert.match(YamlWriter.write(new Map([['a', 'x\ud83dy']])), /^a: .*x(\ufffd|\\ufffd)y"?\n$/);
});

test('the text is what a person would have written', () => {
  const map = new Map([
    ['id', 'oulu'], ['title', 'Care at home: a trial'], ['summary', 'long words '.repeat(14).trim()], ['regions', ['NO', 'SE221']],
    ['period', new Map([['start', new Numeral('2019')], ['end', '2020-01']])], ['problem', 'First.\n\n- one\n- two\n'], ['version', '1.10'],
    ['organisations', [new Map([['name', 'A & B'], ['role', 'lead']])]], ['advice', ['Begin small.', 'Ask the nurses first, they know.']],
  ]);
  assert.equal(YamlWriter.write(map), `id: oulu
title: "Care at home: a trial"
summary: >-
  long words long words long words long words long words long words long words long words
  long words long words long words long words long words long words
regions: ["NO", SE221]
period:
  start: 2019
  end: 2020-01
problem: |
  First.

  - one
  - two
version: "1.10"
organisations:
  - name: A & B
    role: lead
advice:
  - Begin small.
  - Ask the nurses first, they know.
`);
});
