// Owns the rules of a form that join several answers: what the page says of a case is what casebook says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { launchBrowser } from './report.mjs';
import { REPOSITORY, casebook, casebookOf, control, faults, formOf, group, openFile, openForm, saved } from './webform.mjs';

const browser = await launchBrowser();
after(() => browser.close());

const MANIFEST = `casebook: 1
title: Stalls
form:
  schema: form.yaml
  roles: { id: /id, title: /title, sections: [/note] }
`;

const FORM = `type: object
additionalProperties: false
required: [id, title, kind]
properties:
  id: {type: string}
  title: {type: string}
  note: {type: string}
  kind: {title: Kind, enum: [shop, market, other]}
  phone: {title: Telephone, type: string}
  email: {title: Mail, type: string, format: email}
  price: {title: Price, type: number}
  fee: {title: Fee, type: number}
  discount: {title: Discount, type: number}
  reason: {title: Reason, type: string}
  rating: {title: Rating, type: integer, exclusiveMinimum: 0, multipleOf: 5}
  open: {title: Open, type: boolean}
  hours: {title: Hours, type: array, items: {type: string}, uniqueItems: true}
  code:
    title: Code
    anyOf: [{type: string, pattern: "^[a-z]{2}$"}, {type: string, pattern: "^[0-9]{3}$"}]
  place:
    title: Place
    type: object
    properties: {street: {title: Street, type: string}, town: {title: Town, type: string}, square: {title: Square, type: string}}
    oneOf: [{required: [street]}, {required: [square]}]
    dependentRequired: {street: [town]}
  offers:
    title: Offers
    type: array
    items:
      anyOf:
        - {type: object, additionalProperties: false, required: [what, weight], properties: {what: {title: What, const: fruit}, weight: {title: Weight, type: number, minimum: 1}}}
        - {type: object, additionalProperties: false, required: [what], properties: {what: {title: What, const: drink}, hot: {title: Hot, type: boolean}}}
anyOf: [{required: [phone]}, {required: [email]}]
not: {required: [fee, discount]}
dependentRequired: {discount: [reason]}
allOf:
  - if: {properties: {kind: {const: shop}}, required: [kind]}
    then: {required: [price], properties: {price: {minimum: 1}}}
    else: {properties: {price: {maximum: 0}}}
  - if: {properties: {open: {const: true}}, required: [open]}
    then: {required: [hours], x-message: "who is open says when"}
`;

const root = casebookOf('stalls', '.', [], { 'casebook.yaml': MANIFEST, 'form.yaml': FORM });
const page = formOf(root);

/** The codes of what casebook finds wrong, by the names of the cases. */
function judgement(casebookRoot) {
  const run = spawnSync('cargo', ['run', '--locked', '--quiet', '--', 'validate', '--root', casebookRoot, '--message-format', 'json'], {
    cwd: REPOSITORY, encoding: 'utf8', maxBuffer: 1 << 28,
  });
  const wrong = new Map();
  for (const { severity, file, message } of JSON.parse(run.stdout).diagnostics) {
    if (severity === 'error') wrong.set(file, [...(wrong.get(file) ?? []), message]);
  }
  return wrong;
}

async function fillBasics(tab) {
  await control(tab, 'Title').fill('The fish stall');
  await control(tab, 'Kind').selectOption({ label: 'market' });
  await control(tab, 'Telephone').fill('112');
}

test('a wrong answer to joined questions is marked in plain words, and the right one is saved and valid', async () => {
  const tab = await openForm(browser, page);
  await control(tab, 'Title').fill('The fish stall');
  await control(tab, 'Kind').selectOption({ label: 'shop' });
  await tab.locator('#save').click();
  assert.deepEqual(await tab.locator('#fault-list button').allTextContents(), [
    'Telephone: one of these is needed: “Telephone” must be filled in; or “Mail” must be filled in',
    'Price: this must be filled in, because “Kind” is “shop”',
  ]);
  await control(tab, 'Telephone').fill('112');
  await control(tab, 'Price').fill('0.5');
  assert.deepEqual(await faults(tab), ['this must be 1 or more, because “Kind” is “shop”']);
  assert.equal(await control(tab, 'Price').getAttribute('aria-invalid'), 'true');
  await control(tab, 'Price').fill('2');
  assert.deepEqual(await faults(tab), []);
  const { name, text } = await saved(tab);
  assert.equal(text, 'id: the-fish-stall\ntitle: The fish stall\nkind: shop\nphone: "112"\nprice: 2\n');
  const filled = casebookOf('stall', '.', [], { 'casebook.yaml': MANIFEST, 'form.yaml': FORM, [`cases/${name}`]: text });
  casebook('validate', '--root', filled);
  assert.deepEqual(tab.errors, []);
});

test('each kind of joined rule has words of its own', async () => {
  const tab = await openForm(browser, page);
  await fillBasics(tab);
  const told = async (expected) => assert.deepEqual(await faults(tab), expected);
  await control(tab, 'Fee').fill('3');
  await control(tab, 'Discount').fill('1');
  await control(tab, 'Reason').fill('early');
  await told(['“Fee” and “Discount” exclude each other: change or empty one of them']);
  await control(tab, 'Fee').fill('');
  await control(tab, 'Reason').fill('');
  await control(tab, 'Title').focus();
  await told(['this must be filled in, because “Discount” is “1”']);
  await control(tab, 'Discount').fill('');
  await control(tab, 'Open').selectOption({ label: 'yes' });
  await tab.locator('#save').click();
  await told(['who is open says when']);
  await control(tab, 'Open').selectOption({ label: 'no' });
  await control(tab, 'Rating').fill('7');
  await told(['this must be a multiple of 5']);
  await control(tab, 'Rating').fill('0');
  await told(['this must be more than 0']);
  await control(tab, 'Rating').fill('5');
  await control(tab, 'Code').fill('abc');
  assert.match((await faults(tab)).join(), /^one of these is needed: this must be written as the form asks/);
  await control(tab, 'Code').fill('123');
  await control(tab, 'Mail').fill('nobody');
  await told(['this must be an e-mail address']);
  await control(tab, 'Mail').fill('');
  await group(tab, 'Place').getByLabel('Street').fill('High Street');
  await group(tab, 'Place').getByLabel('Square').fill('Old Square');
  await group(tab, 'Place').getByLabel('Town').fill('Ystad');
  await told(['“Street” and “Square” exclude each other: change or empty one of them']);
  await group(tab, 'Place').getByLabel('Square').fill('');
  await group(tab, 'Offers').getByRole('button', { name: 'Add to “Offers”' }).click();
  await group(tab, 'Offers').getByLabel('What').selectOption({ label: 'fruit' });
  await tab.locator('#save').click();
  await told(['this must be filled in']);
  await group(tab, 'Offers').getByLabel('Weight').fill('2');
  await group(tab, 'Offers').getByLabel('Hot').selectOption({ label: 'yes' });
  await told(['this must be left empty']);
});

test('a rule that the page cannot check is named before the case is saved', async () => {
  const form = `${FORM}  - properties: {reason: {format: idn-hostname}}\n`;
  const tab = await openForm(browser, formOf(casebookOf('unknown', '.', [], { 'casebook.yaml': MANIFEST, 'form.yaml': form })));
  await fillBasics(tab);
  assert.equal(await tab.locator('#unchecked').isVisible(), false);
  await control(tab, 'Reason').fill('ystad.example');
  assert.match(await tab.locator('#unchecked').textContent(), /cannot check, for “Reason”\./);
  assert.match((await saved(tab)).text, /\nreason: ystad.example\n/);
});

/** Numbers that are the same in every run (Knuth's MMIX constants). */
let state = 11n;
function below(limit) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
  return Number((state >> 33n) % BigInt(limit));
}

const pick = (...values) => values[below(values.length)];

/** Some answers, of which about half are wrong in some way, and few in more than one. */
function someCase(id) {
  const lines = [`id: ${id}`, 'title: A stall'];
  const add = (line, chance = 2) => {
    if (below(chance) === 0) lines.push(line);
  };
  const kind = pick('shop', 'market', 'other');
  lines.push(`kind: ${kind}`);
  add('phone: "112"', 1 + below(2));
  add(`email: ${pick('a@b.example', 'a@b.example', 'nobody')}`, 3);
  if (kind === 'shop') add(`price: ${pick(1, 2, 2.5, 3, 0.5)}`, pick(1, 1, 1, 2));
  else add(`price: ${pick(0, -1, -2, 5)}`, 4);
  add('fee: 3', 4);
  add('discount: 2', 4);
  add('reason: because', 2);
  add(`rating: ${pick(5, 10, 15, 0, 7, -5)}`, 5);
  add(`open: ${pick(true, false)}`, 4);
  add(`hours: [${pick('a', 'a, b', 'a, b, a', 'a, a')}]`, 3);
  add(`code: ${pick('ab', '"123"', 'abc')}`, 4);
  if (below(3) === 0) {
    const parts = [pick('street: S', ''), pick('square: Q', ''), pick('town: T', '')].filter((part) => part !== '');
    if (parts.length > 0) lines.push(`place: {${parts.join(', ')}}`);
  }
  if (below(3) === 0) {
    const offer = () => `{what: ${pick('fruit', 'drink')}${pick('', ', weight: 2', ', weight: 0')}${pick('', '', ', hot: true')}}`;
    lines.push(`offers: [${Array.from({ length: 1 + below(2) }, offer).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

test('of many cases the page says the same as casebook', async () => {
  const cases = Array.from({ length: 400 }, (_, at) => [`case-${at}`, someCase(`case-${at}`)]);
  const files = Object.fromEntries(cases.map(([name, text]) => [`cases/${name}.yaml`, text]));
  const wrong = judgement(casebookOf('many', '.', [], { 'casebook.yaml': MANIFEST, 'form.yaml': FORM, ...files }));
  assert.ok(wrong.size > 80 && wrong.size < 360, `${wrong.size} are wrong`);
  const tab = await openForm(browser, page);
  for (const [name, text] of cases) {
    await openFile(tab, text, `${name}.yaml`);
    const told = await tab.locator('#status').textContent();
    const reasons = wrong.get(`cases/${name}.yaml`) ?? [];
    assert.equal(told === 'Nothing is missing.', reasons.length === 0, `${text}\npage: ${told} ${await faults(tab)}\ncasebook: ${reasons.join('; ')}`);
    assert.equal(await tab.locator('#unchecked').isVisible(), false, text);
  }
});
