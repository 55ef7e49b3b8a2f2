import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readWorldFile } from './world-file.ts';

const WORLDS = join(import.meta.dirname, '../../samples/worlds');
const HEALTHY = readFileSync(join(WORLDS, 'healthy.json'), 'utf8');

/** A file with that text, in a folder of its own. */
function fileWith(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'world.json');
  writeFileSync(file, text);
  return file;
}

test('a flow is in a file of its own, next to the world', (t) => {
  const file = fileWith(t, readFileSync(join(WORLDS, 'everything-wrong.json'), 'utf8'));
  const flow = readFileSync(join(WORLDS, 'main-menu.json'), 'utf8');

  assert.throws(() => readWorldFile(file), /main-menu\.json describes no world:\n {2}cannot be read: ENOENT/);
  writeFileSync(join(file, '../main-menu.json'), flow.replace('"StartAction"', '"Start"'));
  assert.throws(() => readWorldFile(file), /the flow "Main menu": not a flow: StartAction/);
  writeFileSync(join(file, '../main-menu.json'), flow);
  assert.equal(readWorldFile(file).world.flows[0]?.document.StartAction, 'flag');
});

/** What somebody wrote in place of what is right, and what is said of it. */
const WRONG = [
  ['"hasMediaStreaming"', '"hasMediaStreeming"', /instance: Unrecognized key: "hasMediaStreeming"/],
  ['"alias"', '"name"', /instance\.alias: .*expected string/],
  ['"+15555550100"', '"555-0100"', /instance\.phoneNumber: not a number in E\.164/],
  [/"arn:aws:connect[^"]*"/, '"acme"', /instance\.instanceArn: not the ARN of connect/],
  ['"name": "Billing"', '"name": "Billing", "status": "OFF"', /instance\.queues\.0\.status: .*"ENABLED"/],
  ['"version": 32', '"version": 0', /account\.bootstrap\.version: .*>=1/],
  [
    '"bootstrap"',
    '"administrator": { "arn": "arn:aws:iam::111122223333:role/Admin" }, "bootstrap"',
    /account\.administrator\.arn: not the ARN of a user, a role’s session/,
  ],
  ['"instance"', '"instances"', /instance: .*expected object/],
  [
    '"flows": []',
    '"flows": [{ "id": "f", "name": "Menu", "type": "MENU", "document": {} }]',
    /instance\.flows\.0\.type/,
  ],
] as const;

for (const [right, wrong, line] of WRONG) {
  test(`${wrong} is refused`, (t) => {
    const file = fileWith(t, HEALTHY.replace(right, wrong));

    assert.throws(() => readWorldFile(file), { name: 'WorldFileError', message: line });
  });
}

test('a file that is not JSON, and one that is not there, are named', (t) => {
  const file = fileWith(t, '{ "instance": ');

  assert.throws(() => readWorldFile(file), /world\.json describes no world:\n {2}not JSON: /);
  assert.throws(
    () => readWorldFile(`${file}.old`),
    /world\.json\.old describes no world:\n {2}cannot be read: ENOENT/,
  );
});
