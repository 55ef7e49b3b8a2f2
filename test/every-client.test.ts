import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEPLOYMENTS } from '../infra/pipeline/deployments.ts';
import { SEND_EMAIL, timeLimits, UPLOAD } from '../src/adapters/time-limits.ts';
import { DELIVERY_LEASE_MS } from '../src/domain/ledger.ts';

const SOURCES = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
const CLIENT = /new (\w+Client)\(([^]*?)\)/g;
const WITH_LIMITS = /^(\{\s*\.\.\.)?timeLimits\('\w+'/;
/** The tries of the SDK; with DynamoDB it tries once more. */
const TRIES = 4;
/** Between them: 100, 200 and 400 ms at most. */
const PAUSES_MS = 700;

test('every client of AWS has time limits', () => {
  const clients = SOURCES.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(CLIENT)].map(([, name = '', given = '']) => ({
      file,
      name,
      given,
    })),
  );

  const unlimited = clients.filter(({ given }) => !WITH_LIMITS.test(given));

  // The settings of both clients in kvs-audio.ts begin with the limits.
  assert.deepEqual(
    unlimited.map(({ file, name, given }) => `${file} ${name} ${given.slice(0, 12)}`),
    [
      'src/adapters/kvs-audio.ts KinesisVideoClient { ...shared,',
      'src/adapters/kvs-audio.ts KinesisVideoArchivedMediaClient { ...shared,',
    ],
  );
  assert.match(
    readFileSync('src/adapters/kvs-audio.ts', 'utf8'),
    /const shared = \{[^;]*timeLimits\('kinesisvideo'\)/,
  );
  assert.ok(clients.length > 20, `${clients.length} clients`);
});

test('if a service does not answer at all, the function has time left to report it', () => {
  const services = ['connect', 'dynamodb', 'kinesisvideo', 's3', 'sqs', 'transcribe'] as const;
  for (const service of services) {
    const spentMs = TRIES * answerMs(timeLimits(service)) + PAUSES_MS;
    for (const bundle of ['contact-records', 'start-transcription', 'transcription-failed', 'sweep'] as const)
      assert.ok(spentMs < mayRunMs(bundle) * 0.75, `${service} in ${bundle}: ${spentMs} ms`);
  }

  const deliverMs = mayRunMs('deliver-voicemail');
  assert.ok(TRIES * answerMs(timeLimits('secretsmanager')) + PAUSES_MS < deliverMs * 0.75);
  assert.ok(SEND_EMAIL.requestTimeout < deliverMs * 0.75);
  assert.ok(deliverMs < DELIVERY_LEASE_MS);
  assert.ok(TRIES * UPLOAD.requestTimeout + PAUSES_MS < mayRunMs('save-recording') * 0.75);
});

test('a person who waits for a function gets an answer before Lambda ends it, even if AWS does not answer', () => {
  const spentMs = TRIES * answerMs(timeLimits('dynamodb', 'visit')) + PAUSES_MS;

  for (const bundle of ['show-voicemail', 'open-recording'] as const)
    assert.ok(spentMs < mayRunMs(bundle), `${bundle}: ${spentMs} ms`);
});

function mayRunMs(bundle: string): number {
  const seconds = DEPLOYMENTS.get(bundle)?.timeoutSeconds;
  assert.ok(seconds, bundle);
  return seconds * 1000;
}

function answerMs({ requestHandler }: ReturnType<typeof timeLimits>): number {
  assert.equal(requestHandler.throwOnRequestTimeout, true);
  return requestHandler.requestTimeout;
}
