import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, askText, choose, type Prompter } from './prompter.ts';

/** A person who types these, one after the other; and all that was said to them. */
function person(...typed: readonly string[]): Prompter & { readonly heard: readonly string[] } {
  const left = [...typed];
  const heard: string[] = [];
  return {
    heard,
    say: (text) => void heard.push(text),
    async read(question) {
      heard.push(question);
      const next = left.shift();
      assert.ok(next !== undefined, `nothing is typed at "${question}"`);
      return next;
    },
  };
}

const QUEUES = [
  { label: 'Billing', value: 'b' },
  { label: 'Support', value: 's' },
];

test('one of several is chosen by its number, and Enter takes what is suggested', async () => {
  assert.equal(await choose(person('1'), 'Which queue?', QUEUES, 1), 'b');
  assert.equal(await choose(person(''), 'Which queue?', QUEUES, 1), 's');
});

test('a number that stands for nothing is asked for again', async () => {
  const ana = person('3', 'Billing', '0', '1.5', '2');

  assert.equal(await choose(ana, 'Which queue?', QUEUES), 's');
  assert.deepEqual(
    ana.heard.filter((line) => line.includes('no number')),
    ['3', 'Billing', '0', '1.5'].map((typed) => `"${typed}" is no number from 1 to 2`),
  );
});

/** What is wrong with anything but UTC. */
const problemOf = (text: string) => (text === 'UTC' ? undefined : `"${text}" is no time zone`);

test('a text is asked for again until nothing is wrong with it', async () => {
  const ana = person('EST', '');

  assert.equal(await askText(ana, 'Time zone', { suggested: 'UTC', problemOf }), 'UTC');
  assert.deepEqual(ana.heard, ['Time zone [UTC]: ', '"EST" is no time zone', 'Time zone [UTC]: ']);
});

test('only yes means yes', async () => {
  for (const typed of ['y', 'Yes', 'YES']) assert.ok(await agrees(person(typed), 'Do it?'), typed);
  for (const typed of ['', 'n', 'yesterday', 'j']) assert.ok(!(await agrees(person(typed), 'Do it?')), typed);
});
