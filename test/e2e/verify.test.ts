import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import {
  ConnectClient,
  DescribeContactFlowCommand,
  UpdateContactFlowContentCommand,
} from '@aws-sdk/client-connect';
import {
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import type { Interruption } from '../../cli/interruption.ts';
import { KinesisVideoClient, ListStreamsCommand } from '@aws-sdk/client-kinesis-video';
import { createLook } from '../../cli/doctor/look.ts';
import { TEST_WORDS } from '../../src/domain/test-voicemail.ts';
import { verify } from '../../cli/verify/verify.ts';
import { listCommand } from '../../cli/voicemails/list.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { AwsError } from '../../simulator/service.ts';
import sample from '../../voicemail.config.ts';
import { inTerminalOf } from '../deploy/in-terminal.ts';
import { ledgerEntries } from '../faults/ledger-faults.ts';
import { startLaptop } from './laptop.ts';

/** What is wrong with the stack. Empty: nothing. */
const seeded: {
  heard?: string;
  /** This operation is refused to callers whose name contains the text. */
  refusal?: { readonly operation: string; readonly to: string; readonly error: AwsError };
} = {};

const { simulator, happenings } = await startLaptop({
  metrics: 'full',
  recognizer: createStandInRecognizer(() => seeded.heard ?? TEST_WORDS),
  interfere({ operation, caller }) {
    const { refusal } = seeded;
    return refusal?.operation === operation && caller.includes(refusal.to) ? refusal.error : undefined;
  },
});
const { endpoint, credentials, clock, deployment, connect, s3 } = simulator;
const administrator = { endpoint, credentials, region: 'us-east-1' };
const lambda = new LambdaClient(administrator);
const flows = new ConnectClient(administrator);
const video = new KinesisVideoClient(administrator);
/** Longer than the functions remember the keys of links. */
const KEYS_REMEMBERED_MS = 6 * 60_000;
const QUARTER_OF_AN_HOUR_MS = 15 * 60_000;

const undoing: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undoing.splice(0).toReversed()) await undo();
});

interface Trying {
  readonly isJson?: boolean;
  readonly isCall?: boolean;
  readonly isMail?: boolean;
  readonly config?: typeof sample;
  readonly interruption?: Interruption;
  readonly onLine?: (line: string) => void;
}

async function verified({ config = sample, interruption, onLine, ...wanted }: Trying = {}) {
  const { isJson = false, isCall = false, isMail = false } = wanted;
  const said: string[] = [];
  const progress: string[] = [];
  // Fast time must stand still while a person's calls are under way, and signatures have its time.
  let goOn = clock.busy();
  const wait = async (ms: number) => {
    goOn();
    await clock.sleep(ms);
    goOn = clock.busy();
  };
  const limits = { wait, clock: clock.now };
  const place = { endpoint, credentials, systemClockOffset: clock.now() - Date.now() };
  const look = createLook({ config, place, limits, now: clock.now });
  const say = (line: string) => {
    said.push(line);
    onLine?.(line);
  };
  const err = isJson ? (line: string) => void progress.push(line) : say;
  const terminal = { out: say, err };
  const queue = isMail ? undefined : 'Billing';
  const options = { queue, isJson, isCall, isMail, isYes: true };
  const work = { look, terminal, prompter: undefined, limits, ...(interruption && { interruption }) };
  try {
    return { code: await verify(options, work), said: said.join('\n'), progress };
  } finally {
    goOn();
  }
}

const bucketOf = (output: string) => deployment.outputs[output] ?? '';

/** All that is there of voicemails: objects, entries of the ledger, and open contacts. */
async function leftovers(): Promise<readonly string[]> {
  const buckets = ['RecordingsBucket', 'TranscriptsBucket'].map(bucketOf);
  // Transcribe leaves a file of its own in every folder that it writes to.
  const objects = buckets
    .flatMap((name) => s3.list(name))
    .filter((key) => !key.endsWith('/.write_access_check_file.temp'));
  const entries = await ledgerEntries(simulator);
  const open = connect.tasks().filter(({ contactId }) => connect.contact(contactId).endedAtMs === undefined);
  return [...objects, ...entries.keys(), ...open.map(({ contactId }) => contactId)];
}

async function stopMapping(bundle: string): Promise<void> {
  const name = deployment.physicalId(deployment.idOf('AWS::Lambda::Function', bundle));
  const listed = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: name }));
  const [{ UUID } = {}] = listed.EventSourceMappings ?? [];
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  undoing.push(() => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })));
}

function refuse(operation: string, to: string, error: AwsError = denied()): void {
  seeded.refusal = { operation, to, error };
  undoing.push(() => delete seeded.refusal);
}

const denied = () => new AwsError('AccessDeniedException', 403, 'not authorized to perform this');

/** Somebody publishes this in the place of the flow of tasks. */
async function publishTaskFlow(flow: unknown): Promise<void> {
  const [, InstanceId] = connect.world.instanceArn.split('instance/');
  const asked = { InstanceId, ContactFlowId: deployment.outputs['TaskFlow']?.split('/').at(-1) };
  const { ContactFlow } = await flows.send(new DescribeContactFlowCommand(asked));
  const publish = (Content: string | undefined) =>
    flows.send(new UpdateContactFlowContentCommand({ ...asked, Content }));
  await publish(JSON.stringify(flow));
  undoing.push(() => publish(ContactFlow?.Content));
}

const HANGING_UP = {
  Version: '2019-10-30',
  StartAction: 'end',
  Actions: [{ Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
};

function ruleOfMails(): string {
  return deployment.physicalId(deployment.idOf('AWS::Events::Rule', 'on-mail-event'));
}

const functionNamed = (bundle: string) => bundle.replaceAll('-', '');

test('what is left of a test voicemail is named, and nobody’s list shows it', async (t) => {
  refuse('DeleteItem', '');
  const { code, said } = await verified();
  inTerminalOf(t, simulator);
  const listed: string[] = [];
  const hinted: string[] = [];
  const terminal = {
    out: (line: string) => void listed.push(line),
    err: (line: string) => void hinted.push(line),
  };

  await listCommand(() => Promise.resolve()).run(['--state', 'all', '--endpoint', endpoint], terminal);

  assert.equal(code, 2, said);
  assert.match(said, /\nNot removed: the ledger’s entry of [\w-]+: .*dynamodb:DeleteItem is needed/);
  assert.deepEqual([listed, hinted], [['No such voicemails.'], ['Not listed: 1 of vmx verify.']]);
});

test('the next one removes what an earlier one has left, once that is certainly over', async () => {
  const noted = [...s3.list(bucketOf('RecordingsBucket'))];
  assert.match(noted.join(), /^tests\/recording\/\d+\/[\w-]+$/);

  const young = await verified();
  assert.match(young.said, /Left alone, as it may be under way: what an earlier test voicemail less than/);
  await clock.sleep(QUARTER_OF_AN_HOUR_MS);
  const { code, said } = await verified();

  assert.equal(code, 0, said);
  assert.match(said, /:\nRemoved what an earlier test voicemail left behind\.\n/);
  assert.deepEqual(await leftovers(), []);
});

test('a stack that works says so, with each step, and nothing is left and nothing is counted', async () => {
  const { code, said } = await verified();

  assert.equal(code, 0, said);
  assert.match(
    said,
    /^A test voicemail for the queue Billing of VoicemailExpress:\n +0\.0 s {2}recording put into the bucket\n/,
  );
  assert.match(said, /s {2}delivered as task\n +\d+\.\d s {2}task in the queue Billing\n/);
  assert.match(said, /s {2}transcript is right: 0 errors in 10 words, and up to 5 are allowed\n/);
  assert.match(said, /s {2}link plays the recording: \d+ bytes, as they were sent\n/);
  assert.match(said, /The stack works: the test voicemail came to Billing\. All of it is removed\.$/);
  await nothingIsLeftOrCounted();
});

async function nothingIsLeftOrCounted(): Promise<void> {
  assert.deepEqual(await leftovers(), []);
  // The record of the task's end, and all that it could lead to.
  await clock.sleep(3_600_000);
  const counts = happenings.flatMap((one) =>
    one.kind === 'log' && one.line.includes('_aws') ? [one.line] : [],
  );
  assert.deepEqual(counts, []);
  assert.deepEqual(await leftovers(), []);
}

/** Amazon Connect's own are named after none of its contacts. */
async function videoStreamsOfTests(): Promise<readonly string[]> {
  const { StreamInfoList = [] } = await video.send(new ListStreamsCommand({}));
  const names = StreamInfoList.map(({ StreamName = '' }) => StreamName);
  return names.filter((name) => connect.tasks().some(({ contactId }) => name.endsWith(contactId)));
}

test('machines get one JSON value, and the timeline on the other channel', async () => {
  const { code, said, progress } = await verified({ isJson: true });

  const { steps, ...outcome } = JSON.parse(said);
  assert.equal(code, 0);
  assert.deepEqual(outcome, {
    kind: 'delivered',
    wrong: [],
    unseen: [],
    left: [],
    exitCode: 0,
    queue: 'Billing',
  });
  assert.equal(steps.length, progress.length);
});

test('a call goes through the streams, and its audio comes out as it went in', async () => {
  const { code, said } = await verified({ isCall: true });

  assert.equal(code, 0, said);
  assert.match(said, /^The record of a test call goes onto the stream .* Every other reader of it gets that/);
  assert.match(said, /A test call for the queue Billing of VoicemailExpress:\n/);
  assert.match(said, /contact record put onto its stream, and 3 fragments onto a video stream\n/);
  assert.match(said, /s {2}link plays the recording: \d+ bytes, as they were sent\n/);
  await nothingIsLeftOrCounted();
  assert.deepEqual(await videoStreamsOfTests(), []);
});

test('a mail goes to the mailbox simulator alone, and SES’s report of it comes back', async () => {
  const before = simulator.ses.mails().length;
  const { code, said } = await verified({ isMail: true });

  assert.equal(code, 0, said);
  assert.match(said, /^A test voicemail for a mail of VoicemailExpress, which nobody gets:\n/);
  assert.match(said, /SES took the mail for success\+[\w-]+@simulator\.amazonses\.com\n/);
  assert.match(said, /s {2}SES reports the mail as sent\n/);
  assert.match(said, /The stack works: the test voicemail was mailed to nobody\. All of it is removed\.$/);
  const mails = simulator.ses.mails().slice(before);
  assert.deepEqual(
    mails.map(({ to, cc, bcc }) => [to.length, cc, bcc]),
    [[1, [], []]],
  );
  assert.match(mails[0]?.to[0] ?? '', /^success\+[\w-]+@simulator\.amazonses\.com$/);
  await nothingIsLeftOrCounted();
});

test('Ctrl+C removes the test voicemail, and a second one says what remains', async () => {
  const first = new AbortController();
  const second = new AbortController();
  const interruption = { first: first.signal, second: second.signal };
  const onLine = (line: string) => void (/recording put/.test(line) && first.abort());

  const { code, said } = await verified({ interruption, onLine });

  assert.equal(code, 130, said);
  assert.match(
    said,
    /\nCtrl\+C: the test voicemail is being removed\. A second Ctrl\+C ends this at once\.\n/,
  );
  assert.match(said, /\nBroken off\. All of the test voicemail is removed\.$/);
  await clock.sleep(QUARTER_OF_AN_HOUR_MS);
  assert.match((await leftovers()).join(), /^tests\/recording\/\d+\/[\w-]+$/);

  const again = new AbortController();
  const impatient = { first: again.signal, second: second.signal };
  const atOnce = verified({
    interruption: impatient,
    onLine(line) {
      if (/recording put/.test(line)) again.abort();
      if (line.startsWith('Ctrl+C')) second.abort();
    },
  });
  await assert.rejects(
    atOnce,
    /^InterruptedError: broken off: the test voicemail [\w-]{36} may not all be removed\. The next vmx verify/,
  );
  await clock.sleep(QUARTER_OF_AN_HOUR_MS);
  const last = await verified();
  assert.match(last.said, /Removed what an earlier test voicemail left behind\./);
  assert.deepEqual(await leftovers(), []);
});

/** Each is found, in these words. */
const FAULTS: readonly {
  readonly title: string;
  /** Absent: a recording that becomes a task finds it. */
  readonly by?: Trying;
  readonly seed?: () => unknown;
  readonly code: 1 | 2;
  readonly said: RegExp;
}[] = [
  {
    title: 'the function may not start transcriptions',
    seed: () => refuse('StartTranscriptionJob', functionNamed('start-transcription')),
    code: 1,
    said: /came to Billing, and: it has no transcript: /,
  },
  {
    title: 'nothing reads the events of recordings',
    seed: () => stopMapping('start-transcription'),
    code: 1,
    said: /has not delivered the test voicemail: after ten minutes it is not in the ledger\./,
  },
  {
    title: 'nothing reads the queue of deliveries',
    seed: () => stopMapping('deliver-voicemail'),
    code: 1,
    said: /after ten minutes it is transcribing\./,
  },
  {
    title: 'the transcript has other words',
    seed() {
      seeded.heard = 'the number you have dialled is not in service today';
      undoing.push(() => delete seeded.heard);
    },
    code: 1,
    said: /came to Billing, and: its transcript has other words: \d+ errors in 10 words/,
  },
  {
    title: 'the function of links fails',
    seed: () => refuse('GetItem', functionNamed('open-recording')),
    code: 1,
    said: /came to Billing, and: its link does not open: status 503\./,
  },
  {
    title: 'the function of links may not read its key',
    async seed() {
      await clock.sleep(KEYS_REMEMBERED_MS);
      refuse('GetSecretValue', functionNamed('open-recording'));
    },
    code: 1,
    said: /came to Billing, and: its link does not open: status 503\./,
  },
  {
    title: 'the bucket gives the recording to nobody',
    seed: () => refuse('GetObject', functionNamed('open-recording'), new AwsError('AccessDenied', 403, 'no')),
    code: 1,
    said: /came to Billing, and: its link leads to no recording: status 403\./,
  },
  {
    title: 'the flow of tasks leads to no queue',
    seed: () => publishTaskFlow(HANGING_UP),
    code: 1,
    said: /has not delivered the test voicemail: its task has come into no queue\./,
  },
  {
    title: 'tasks cannot be made',
    seed: () => refuse('StartTaskContact', functionNamed('deliver-voicemail')),
    code: 1,
    said: /after ten minutes it is delivering\./,
  },
  {
    title: 'the ledger takes no writes',
    seed() {
      const error = new AwsError('ThrottlingException', 400, 'Throughput exceeds the current capacity');
      refuse('UpdateItem', '', error);
    },
    code: 1,
    said: /after ten minutes it is not in the ledger\./,
  },
  {
    title: 'what was made cannot be removed',
    seed: () => refuse('DeleteObject', ''),
    code: 2,
    said: /The stack works: .*\nNot removed: recording and transcript: .*s3:DeleteObjectVersion is needed/,
  },
  {
    title: 'the person may put nothing into the bucket',
    seed: () => refuse('PutObject', '', new AwsError('AccessDenied', 403, 'no')),
    code: 2,
    said: /could not be tried, which says nothing about the stack: .*s3:PutObject is needed/,
  },
  {
    title: 'nothing reads the contact records',
    by: { isCall: true },
    seed: () => stopMapping('contact-records'),
    code: 1,
    said: /after ten minutes it is not in the ledger\./,
  },
  {
    title: 'the function may not read video streams',
    by: { isCall: true },
    seed: () => refuse('GetMediaForFragmentList', functionNamed('save-recording')),
    code: 1,
    said: /after ten minutes it is received\./,
  },
  {
    title: 'the streams of the instance have another prefix than what was deployed',
    by: { isCall: true, config: { ...sample, mediaStreams: { prefix: 'other' } } },
    code: 1,
    said: /after ten minutes it is received\./,
  },
  {
    title: 'recordings cannot be stored',
    by: { isCall: true },
    seed: () => refuse('PutObject', functionNamed('save-recording')),
    code: 1,
    said: /after ten minutes it is received\./,
  },
  {
    title: 'the person may put no media onto a stream',
    by: { isCall: true },
    seed: () => refuse('PutMedia', ''),
    code: 2,
    said: /could not be tried, which says nothing about the stack: .*kinesisvideo:PutMedia is needed/,
  },
  {
    title: 'the person may put no record onto the stream',
    by: { isCall: true },
    seed: () => refuse('PutRecord', ''),
    code: 2,
    said: /could not be tried, which says nothing about the stack: .*kinesis:PutRecord is needed/,
  },
  {
    title: 'SES takes no mail from the sender',
    by: { isMail: true },
    seed: () =>
      refuse('SendEmail', '', new AwsError('MessageRejected', 400, 'Email address is not verified.')),
    code: 1,
    said: /has not delivered the test voicemail: it became a task, and not a mail\./,
  },
  {
    title: 'what SES reports leads nowhere',
    by: { isMail: true },
    // Permanently: it is the last one.
    seed: () => simulator.eventBridge.disableRule(ruleOfMails()),
    code: 1,
    said: /was mailed to nobody, and: SES took the mail, and its event about that has not come/,
  },
];

for (const { title, by, seed = () => {}, code: wanted, said: words } of FAULTS) {
  test(`it is found: ${title}`, async () => {
    await seed();

    const { code, said } = await verified(by);

    assert.match(said, words);
    assert.equal(code, wanted, said);
  });
}
