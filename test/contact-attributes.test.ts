import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { FLOWS } from '../flows/flows.ts';
import { parseFlow } from '../flows/language/document.ts';
import { attributeUse } from '../flows/lint/attribute-use.ts';
import { formerMeaning } from '../flows/lint/former-attributes.ts';
import { ATTRIBUTE_TABLES, withAttributeTables } from '../scripts/attribute-tables.ts';
import { CONTACT_ATTRIBUTES, contactAttributes, QUEUE_EMAIL_TAG } from '../src/domain/contact-attributes.ts';
import { taskFor } from '../src/domain/task.ts';
import { voicemailOf } from './voicemails.ts';

const TABLE = 'src/domain/contact-attributes.ts';
const AGAIN = `the table is ${TABLE}; after a change: npm exec -- node scripts/write-attributes.ts`;
const TASK_FLOWS = ['task-flow', 'guided-task-flow', 'agent-guide-flow'];

const sources = globSync('{src,flows,infra,cli,laptop,simulator,scripts,bench}/**/*.ts')
  .concat('voicemail.config.ts')
  .filter((file) => !file.endsWith('.test.ts'));
const documents = globSync('{docs/**/*.md,README.md,CONTRIBUTING.md}');

/** Names of attributes. Names of jobs do not match: their `vmx3_` is followed by a contact id. */
const NAME = /\b(?:vmx3_[a-z][a-z_]*[a-z]|email_(?:from|to|reply|template)[a-z_]*)\b/g;

function namesIn(text: string): readonly string[] {
  return [...new Set(text.match(NAME))];
}

const namesWhere = (matches: (attribute: ReturnType<typeof contactAttributes>[number][1]) => boolean) =>
  contactAttributes().flatMap(([name, attribute]) => (matches(attribute) ? [name] : []));

function isKnown(name: string): boolean {
  return (
    Object.hasOwn(CONTACT_ATTRIBUTES, name) || name === QUEUE_EMAIL_TAG || formerMeaning(name) !== undefined
  );
}

test('every name of an attribute in code and documents is in the table', () => {
  const examplesOfMistakes = ['vmx3_lnag', 'vmx3_language', 'email_reply_too'];

  const unknown = [...sources, ...documents].flatMap((file) =>
    namesIn(readFileSync(file, 'utf8'))
      .filter((name) => !isKnown(name) && !examplesOfMistakes.includes(name))
      .map((name) => `${name} in ${file}`),
  );

  assert.deepEqual(unknown, [], AGAIN);
});

test('every attribute that the pipeline reads by the table is read in src/', () => {
  const code = sources
    .filter((file) => file.startsWith('src/') && file !== TABLE)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const unread = contactAttributes().flatMap(([name, { readBy, winsOver }]) =>
    readBy.includes('pipeline') && !code.includes(`'${winsOver ?? name}'`) ? [name] : [],
  );

  assert.deepEqual(unread, [], AGAIN);
});

for (const [reader, isOf] of [
  ['task-flow', (key: string) => TASK_FLOWS.includes(key)],
  ['call-flow', (key: string) => !TASK_FLOWS.includes(key)],
] as const) {
  test(`the table has what a ${reader} reads, and nothing else`, () => {
    const use = attributeUse(actionsOf(Object.keys(FLOWS).filter(isOf)));

    assert.deepEqual(
      [...use.read].toSorted(),
      namesWhere(({ readBy }) => readBy.includes(reader)).toSorted(),
      AGAIN,
    );
  });
}

test('every attribute that our flows take from the flow before has a row that says so', () => {
  const { read } = attributeUse(actionsOf(['voicemail-module', 'in-queue-flow']));
  const described = namesWhere(({ setByFlow }) => setByFlow?.inOurFlows !== undefined);

  assert.deepEqual(
    [...read].filter((name) => !described.includes(name)),
    [],
    AGAIN,
  );
});

function actionsOf(keys: readonly string[]) {
  return keys.flatMap((key) => parseFlow(readFileSync(`flows/golden/${key}.json`, 'utf8')).Actions);
}

test('the table has what delivery sets on a task, and nothing else', () => {
  const { attributes } = taskFor({
    voicemail: voicemailOf({ from: '+15555550142;ext=123', attributes: {}, isTest: true }),
    recipient: {
      queueArn: 'arn:queue',
      name: 'Billing',
      preferredAgent: { userId: 'u-1', name: 'Ana Ruiz' },
    },
    notes: [],
    timeZone: 'UTC',
  });

  assert.deepEqual(
    Object.keys(attributes).toSorted(),
    namesWhere(({ setByDelivery }) => setByDelivery !== undefined).toSorted(),
    AGAIN,
  );
});

test('an attribute that wins over another begins with vmx3_ and has its name and its meaning', () => {
  for (const [name, { winsOver }] of contactAttributes())
    if (winsOver !== undefined) assert.equal(name, `vmx3_${winsOver}`);
  assert.deepEqual(
    namesWhere(({ winsOver }) => winsOver !== undefined).length,
    contactAttributes().filter(([name]) => name.startsWith('email_')).length,
  );
});

test('each table in the documents is there once, and has every row', () => {
  const texts = documents.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
  const marks = texts.flatMap(({ text }) =>
    [...text.matchAll(/<!-- attributes: ([a-z-]+) -->/g)].map(([, key = '']) => key),
  );

  assert.deepEqual(marks.toSorted(), ATTRIBUTE_TABLES.toSorted());
  for (const { file, text } of texts) {
    const rows = text.split('\n');
    const missing = withAttributeTables(text)
      .split('\n')
      .filter((row) => !rows.includes(row));
    assert.deepEqual(missing, [], `${file} lacks rows; ${AGAIN}`);
    assert.equal(text, withAttributeTables(text), `${file}; ${AGAIN}`);
  }
});

test('the page on email has a row for every attribute that sets up a mail', () => {
  const page = readFileSync('docs/delivery-email.md', 'utf8');
  const [, table = ''] = page.split('\n| | Attribute of the contact | else | else |\n');
  const rows = table.split('\n\n')[0]?.match(/^\| [^|]+ \| `(email_\w+)` \|/gm) ?? [];

  assert.deepEqual(
    rows.flatMap(namesIn).toSorted(),
    contactAttributes()
      .flatMap(([name]) => (name.startsWith('email_') ? [name] : []))
      .toSorted(),
    'docs/delivery-email.md, "Who gets it, and from whom"',
  );
});
