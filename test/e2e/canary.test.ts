import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, test } from 'node:test';
import { voicemailApp } from '../../infra/app.ts';
import { parseConfig } from '../../infra/config.ts';
import { stackForTests } from '../../scripts/synth.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import { TEST_WORDS } from '../../src/domain/test-voicemail.ts';
import { CANARY } from '../../cli/cost/model/canary.ts';
import sample from '../../voicemail.config.ts';
import { ledgerEntries } from '../faults/ledger-faults.ts';
import { BILLING_ARN, startLaptop } from './laptop.ts';
import { onlyExplained } from './unused-grants.ts';

const HOUR_MS = 3_600_000;
const config = parseConfig({ ...sample, canary: { queueArn: BILLING_ARN, everyHours: 1 } });
const folder = mkdtempSync(join(tmpdir(), 'canary-'));
after(() => rmSync(folder, { recursive: true }));
voicemailApp({ config, functionsFolder: (await stackForTests()).functionsFolder, outdir: folder }).synth();

const seeded: { heard?: string; refused?: readonly [operation: string, caller: string] } = {};
/** Its alarms, and what they say now. */
function alarms(): Readonly<Record<string, string>> {
  const own = [...simulator.cloudwatch.alarms()].filter(([name]) => /: canary /.test(name));
  return Object.fromEntries(own.map(([name, { state }]) => [name.replace(/^.*: /, ''), state]));
}
const ALL_IS_WELL = { 'canary is failing': 'OK', 'canary does not run': 'OK' };

afterEach(() => {
  delete seeded.heard;
  delete seeded.refused;
});

const { simulator, happenings } = await startLaptop({
  assemblyFolder: folder,
  metrics: 'full',
  recognizer: createStandInRecognizer(() => seeded.heard ?? TEST_WORDS),
  interfere({ operation, caller }) {
    const [refused, to = ''] = seeded.refused ?? [];
    if (refused !== operation || !caller.includes(to)) return undefined;
    return new AwsError('AccessDeniedException', 403, 'not authorized to perform this');
  },
});
const { clock, deployment, s3, connect } = simulator;

const isOfCanary = (line: string) => /canary/.test(line);
const logged = () => happenings.flatMap((one) => (one.kind === 'log' ? [one.line] : []));

/** Half an hour after a run, so that each hour has one. */
let lookAtMs = clock.now() + HOUR_MS / 2;

/** What the next run has said. */
async function ran(): Promise<string> {
  const before = logged().length;
  lookAtMs += HOUR_MS;
  await clock.sleep(lookAtMs - clock.now());
  return logged().slice(before).filter(isOfCanary).join('\n');
}

async function leftovers(): Promise<readonly string[]> {
  const buckets = ['RecordingsBucket', 'TranscriptsBucket'].map((name) => deployment.outputs[name] ?? '');
  const objects = buckets
    .flatMap((name) => s3.list(name))
    .filter((key) => !key.endsWith('/.write_access_check_file.temp'));
  const open = connect.tasks().filter(({ contactId }) => connect.contact(contactId).endedAtMs === undefined);
  return [...objects, ...(await ledgerEntries(simulator)).keys(), ...open.map(({ contactId }) => contactId)];
}

test('it goes through the stack every hour, is counted nowhere, leaves nothing, and uses all that it may do', async () => {
  const said = await ran();

  assert.match(said, /the canary came through/);
  assert.deepEqual(await leftovers(), []);
  assert.deepEqual(
    logged().filter((line) => line.includes('_aws')),
    [],
  );
  const own = simulator.grants().filter(({ roleArn }) => /canary/i.test(roleArn));
  assert.ok(own.length > 15, `${own.length} grants`);
  onlyExplained(own, {
    's3:ListBucket arn:aws:s3:::voicemailexpress-transcripts': 'so that S3 says that a transcript is missing',
  });
});

test('each run makes the tasks, jobs and invocations that vmx cost reckons with', async () => {
  const before = happenings.length;
  await ran();
  const own = happenings.slice(before);
  const called = (wanted: string) =>
    own.filter((one) => one.kind === 'api-call' && one.operation === wanted && one.status < 400).length;
  const invoked = own.flatMap((one) => (one.kind === 'invocation' ? [one.functionId] : []));

  assert.equal(called('StartTaskContact'), CANARY.tasks);
  assert.equal(called('StartTranscriptionJob'), CANARY.jobs);
  for (const [bundle, times] of Object.entries(CANARY.invocations)) {
    const id = deployment.idOf('AWS::Lambda::Function', bundle);
    assert.equal(invoked.filter((one) => one === id).length, times, bundle);
  }
});

for (const [title, seed, words] of [
  ['a transcript with other words', () => (seeded.heard = 'the number you have dialled'), /other words/],
  [
    'tasks that cannot be made',
    () => (seeded.refused = ['StartTaskContact', 'delivervoicemail']),
    /after ten minutes it is delivering/,
  ],
  [
    'links that do not open',
    () => (seeded.refused = ['GetItem', 'openrecording']),
    /its link does not open: status 503/,
  ],
  [
    'rights of its own that are gone',
    () => (seeded.refused = ['PutObject', 'canary']),
    /did not come through: s3:PutObject was refused/,
  ],
] as const) {
  test(`it fails once, and so has its alarm go off, for ${title}`, async () => {
    const before = happenings.length;
    seed();
    const said = await ran();
    const since = happenings.slice(before);
    const runs = since.filter((one) => one.kind === 'invocation' && one.functionId.startsWith('canary'));
    assert.equal(runs.length, 1, 'Lambda does not repeat it');
    assert.ok(
      since.some(
        (one) => one.kind === 'alarm' && one.name.endsWith(': canary is failing') && one.state === 'ALARM',
      ),
    );
    assert.match(said, words);
  });
}

test('the next run removes what a run has left that could not', async () => {
  seeded.refused = ['DeleteItem', 'canary'];
  assert.match(await ran(), /not removed: the ledger’s entry of/);
  delete seeded.refused;

  const said = await ran();

  assert.match(said, /removed what an earlier canary has left/);
  assert.match(said, /the canary came through/);
  await ran();
  assert.deepEqual(await leftovers(), []);
});

test('a schedule that was switched off has the alarm on silence go off, and that one alone', async () => {
  await ran();
  assert.deepEqual(alarms(), ALL_IS_WELL);

  simulator.eventBridge.disableRule(
    deployment.physicalId(deployment.idOf('AWS::Events::Rule', 'canary-schedule')),
  );
  for (let hours = 0; hours < 3; hours++) await clock.sleep(HOUR_MS);

  assert.deepEqual(alarms(), { ...ALL_IS_WELL, 'canary does not run': 'ALARM' });
});
