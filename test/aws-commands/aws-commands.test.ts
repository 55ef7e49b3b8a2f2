import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policiesOf } from '../../cli/deployer-policy/deployer-policy.ts';
import { type AwsCommand, commandsOfDocuments } from '../../scripts/aws-commands.ts';
import sample from '../../voicemail.config.ts';
import { CALLER, spokenNoise, startLaptop } from '../e2e/laptop.ts';
import { apiCall, type ApiCall } from './api-call.ts';
import { clientOf, packageOf } from './clients.ts';
import { highLevelS3 } from './high-level-s3.ts';
import { onlyAudioStream, settingsOf, type Values, valuesOf } from './values.ts';

/** Not sent, and why. */
const NOT_SENT: ReadonlyMap<string, string> = new Map([
  ['aws sso login', 'opens a browser, which is nothing of an account'],
  ['aws configure set', 'writes a file of the AWS CLI'],
]);

/** Refused as things are in this account, with this error. */
const REFUSED: ReadonlyMap<string, RegExp> = new Map([
  [
    'aws cloudformation continue-update-rollback',
    /^ValidationError: .* is in CREATE_COMPLETE state and can not be rolled back/,
  ],
]);

const { simulator, settled, taskOf } = await startLaptop({ keepTableWrites: true });
const { contactId } = simulator.connect.placeCall({ from: CALLER, audio: spokenNoise(2) });
const { contactId: taskId } = await taskOf(contactId);
await settled(contactId);
await simulator.clock.sleep(3_600_000);
const audioStream = await onlyAudioStream(simulator);
const values = valuesOf({ simulator, contactId, taskId, audioStream });
const policies = (await policiesOf('cloudformation', sample)).map((policy) =>
  JSON.stringify(policy, undefined, 2),
);

const commands = commandsOfDocuments();

test('there are commands in several documents, and each exception is for one', () => {
  assert.ok(commands.length > 90, String(commands.length));
  const starts = new Set(commands.map(startOf));
  for (const start of [...NOT_SENT.keys(), ...REFUSED.keys()]) assert.ok(starts.has(start), start);
});

for (const command of commands.filter((one) => !NOT_SENT.has(startOf(one)))) {
  test(`${command.document}:${command.line} ${startOf(command)} works`, async () => {
    const words = await filledIn(command);
    const refusal = REFUSED.get(startOf(command));
    const sent = sendAll(words);

    if (!refusal) await sent;
    else await assert.rejects(sent, (error) => refusal.test(String(error)));
  });
}

function startOf({ words }: AwsCommand): string {
  return words.slice(0, 3).join(' ');
}

async function sendAll(words: readonly string[]): Promise<void> {
  for (const { service, operation, input } of await callsOf(words)) {
    const at = words.indexOf('--endpoint-url');
    const endpoint = at === -1 ? simulator.endpoint : words[at + 1];
    const send = await clientOf(service, { ...settingsOf(simulator), endpoint });
    await send(operation, input);
  }
}

async function callsOf(words: readonly string[]): Promise<readonly ApiCall[]> {
  return highLevelS3(words) ?? [apiCall(words, await packageOf(words[1] ?? ''), fileText)];
}

/** `voicemail-1.json` is the first of the policies that `vmx deployer-policy` prints. */
function fileText(name: string): string {
  const text = policies[Number(/^voicemail-(\d+)\.json$/.exec(name)?.[1]) - 1];
  if (text === undefined) throw new Error(`there is no file ${name}`);
  return text;
}

/** With values for the names in it. What is printed of an answer does not matter here. */
async function filledIn({ document, words }: AwsCommand): Promise<readonly string[]> {
  const known = values[document] ?? {};
  const asked = words.filter((word, index) => word !== '--query' && words[index - 1] !== '--query');
  return await Promise.all(asked.map((word) => filledWord(word, known)));
}

/** A name stands alone: `KEY` is not in `KEYS`. The longest goes first: `STREAM-ARN` before `ARN`. */
async function filledWord(word: string, known: Values): Promise<string> {
  const names = Object.keys(known).toSorted((one, other) => other.length - one.length);
  const escaped = names.map((name) => RegExp.escape(name)).join('|');
  const parts = names.length === 0 ? [word] : word.split(new RegExp(`(?<!\\w)(${escaped})(?!\\w)`));
  const filled = await Promise.all(parts.map(async (part) => (await known[part]?.()) ?? part));
  const missing = filled.find((part) => /\$[A-Za-z{]/.test(part));
  if (missing !== undefined) throw new Error(`no value is known for ${missing}`);
  return filled.join('');
}
