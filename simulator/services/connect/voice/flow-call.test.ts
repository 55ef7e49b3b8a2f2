import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseFlow } from '../../../../flows/language/document.ts';
import { createClock } from '../../../clock.ts';
import { createHappenings, type Happening } from '../../../happenings.ts';
import { createKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { NewFragment } from '../../kinesis-video/streams.ts';
import { createConnect } from '../connect.ts';
import { samplesOn, speech } from '../samples.fixture.ts';
import { type World } from '../world.ts';
import type { CallOrder } from './flow-call.ts';
import { assertSameSamples } from '../../../../test/same-samples.ts';

const BILLING_ARN = `${laptopWorld().instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001`;
const SUPPORT_ARN = `${laptopWorld().instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b002`;
const BEEP = { SSML: '<speak><say-as interpret-as="expletive">beep</say-as></speak>' };
const STREAMING = {
  MediaStreamType: 'Audio',
  Participants: [{ ParticipantType: 'Customer', MediaDirections: ['From'] }],
};

/** Every error leads to `sorry`, every key or time-out to the next action. */
const RECORDER: readonly Step[] = [
  ['ask', 'MessageParticipant', { Text: 'Leave a message after the tone.' }],
  ['rec', 'UpdateContactMediaStreamingBehavior', { ...STREAMING, MediaStreamingState: 'Enabled' }],
  ['flag', 'UpdateContactAttributes', { Attributes: { vmx3_flag: '1' } }],
  ['beep', 'MessageParticipant', BEEP],
  ['listen', 'GetParticipantInput', { StoreInput: 'False', InputTimeLimitSeconds: '10' }],
  ['stop', 'UpdateContactMediaStreamingBehavior', { ...STREAMING, MediaStreamingState: 'Disabled' }],
  ['bye', 'MessageParticipant', { Text: 'Your message was saved.' }],
  ['end', 'DisconnectParticipant', {}],
  ['sorry', 'MessageParticipant', { Text: 'Voicemail is not available.' }],
];

const QUEUED: readonly Step[] = [
  ['where', 'UpdateContactTargetQueue', { QueueId: BILLING_ARN }],
  ['hook', 'UpdateContactEventHooks', { EventHooks: { CustomerQueue: 'queue' } }],
  ['wait', 'TransferContactToQueue', {}],
];

test('the stream has the whole message, to the sample, when the caller hangs up', async (t) => {
  const { call, streamed } = acme(t, { inbound: RECORDER });
  const audio = speech(30_000);

  const { record, heard } = await call([
    { kind: 'hear', what: '(tone)' },
    { kind: 'say', audio },
  ]);

  assert.deepEqual(heard, ['Leave a message after the tone.', '(tone)']);
  assertSameSamples(streamed(record.ContactId).subarray(8000), audio);
  assert.equal(record.DisconnectReason, 'CUSTOMER_DISCONNECT');
  assert.equal(record.Attributes['vmx3_flag'], '1');
  assert.equal(record.Recordings?.length, 1);
});

test('a key ends the message, and words after it are not recorded', async (t) => {
  const { call, streamed } = acme(t, { inbound: RECORDER });
  const audio = speech(16_000);

  const { record, heard } = await call([
    { kind: 'hear', what: '(tone)' },
    { kind: 'say', audio },
    { kind: 'press', keys: '#' },
    { kind: 'say', audio },
    { kind: 'stay' },
  ]);

  assert.equal(heard.at(-1), 'Your message was saved.');
  assertSameSamples(streamed(record.ContactId).subarray(8000), audio);
  assert.equal(record.DisconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('the longest time for a message is kept to the sample', async (t) => {
  const { call, streamed } = acme(t, { inbound: RECORDER });
  const audio = speech(20 * 8000);

  const { record } = await call([{ kind: 'hear', what: '(tone)' }, { kind: 'say', audio }, { kind: 'stay' }]);

  assertSameSamples(streamed(record.ContactId).subarray(8000), audio.subarray(0, 80_000));
});

test('a caller hears that voicemail is not available if streaming fails', async (t) => {
  const { call } = acme(t, { inbound: RECORDER, world: { hasMediaStreaming: false } });

  const { record, heard } = await call([{ kind: 'hear', what: '(tone)' }]);

  assert.deepEqual(heard, ['Leave a message after the tone.', 'Voicemail is not available.']);
  assert.deepEqual(record.Attributes, {});
  assert.equal(record.Recordings, null);
});

test('an unknown prompt leads to the error branch', async (t) => {
  const { call } = acme(t, {
    inbound: [
      ['ask', 'MessageParticipant', { PromptId: 'gone' }],
      ['end', 'DisconnectParticipant', {}],
      SORRY,
    ],
  });

  const { heard } = await call([{ kind: 'stay' }]);

  assert.deepEqual(heard, ['Sorry.']);
});

test('streaming goes on in the queue and with the agent, to the end of the call', async (t) => {
  const { call, streamed, connect, happened } = acme(t, { inbound: [...RECORDER.slice(1, 3), ...QUEUED] });
  const ana = connect.agent('ana.ruiz');
  happened((one) => {
    if (one.kind === 'agent' && one.did === 'offered') void ana.accept(one.contactId);
  });
  ana.become('Available');
  const audio = speech(16_000);

  const { record } = await call([
    { kind: 'hear', what: '(agent)' },
    { kind: 'say', audio },
  ]);

  const samples = streamed(record.ContactId);
  assertSameSamples(samples.subarray(-audio.length), audio);
  assert.equal(record.Agent?.Username, 'ana.ruiz');
});

test('an agent who hangs up ends the call', async (t) => {
  const { call, connect, happened, clock } = acme(t, { inbound: QUEUED });
  const ana = connect.agent('ana.ruiz');
  happened((one) => {
    if (one.kind !== 'agent') return;
    if (one.did === 'offered') void ana.accept(one.contactId);
    if (one.did === 'accepted') clock.after(5000, () => ana.finish(one.contactId));
  });
  ana.become('Available');

  const { record } = await call([{ kind: 'stay' }]);

  assert.equal(record.DisconnectReason, 'AGENT_DISCONNECT');
});

test('a caller who is moved to another queue stays on the line, and streaming goes on', async (t) => {
  const { call, streamed, records } = acme(t, {
    inbound: [...RECORDER.slice(1, 3), ...QUEUED],
    queue: [
      ['say', 'MessageParticipant', { Text: 'One moment.' }],
      ['once', 'UpdateContactEventHooks', { EventHooks: { CustomerQueue: 'quiet' } }],
      ['move', 'DequeueContactAndTransferToQueue', { QueueId: SUPPORT_ARN }],
    ],
  });
  const audio = speech(16_000);

  const { heard } = await call([
    { kind: 'hear', what: 'one moment' },
    { kind: 'say', audio },
  ]);

  const [first, second] = records;
  assert.equal(heard[0], 'One moment.');
  assert.equal(second?.PreviousContactId, first?.ContactId);
  assertSameSamples(streamed(second?.ContactId ?? '').subarray(-audio.length), audio);
  assert.deepEqual(
    records.map(({ Recordings }) => Recordings?.length),
    [1, 1],
  );
});

test('the flow that a number is assigned to answers it', async (t) => {
  const { call, connect } = acme(t, { inbound: [SORRY] });
  connect.assignNumber('+15555550199', 'inbound');

  const { heard } = await call([{ kind: 'stay' }], { to: '+15555550199' });

  assert.deepEqual(heard, ['Sorry.']);
});

test('a call that no flow answers is refused', (t) => {
  const { connect } = acme(t, {});
  const call = { from: '+15555550142', script: [] };

  assert.throws(() => connect.call(call), /no flow answers \+15555550100/);
  assert.throws(() => connect.call({ ...call, flow: 'none' }), /has no flow none; it has: Tasks/);
});

test('with strictness a call rejects if the simulator cannot run its flow', async (t) => {
  const { connect } = acme(t, { inbound: [['dream', 'DreamOfElectricSheep', {}]], isStrict: true });

  const { ended } = connect.call({ from: '+15555550142', flow: 'inbound', script: [{ kind: 'stay' }] });

  await assert.rejects(ended, /inbound, action dream \(DreamOfElectricSheep\)/);
});

type Step = readonly [identifier: string, type: string, parameters: Readonly<Record<string, unknown>>];

const SORRY: Step = ['sorry', 'MessageParticipant', { Text: 'Sorry.' }];

/** The members of a record that these tests read. */
interface Data {
  readonly ContactId: string;
  readonly PreviousContactId: string | null;
  readonly Agent: { readonly Username: string } | null;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly DisconnectReason: string | null;
  readonly Recordings: readonly unknown[] | null;
}

interface Acme {
  readonly inbound?: readonly Step[];
  readonly queue?: readonly Step[];
  readonly world?: Partial<World>;
  readonly isStrict?: boolean;
}

function acme(t: TestContext, { inbound = [], queue = [], world = {}, isStrict = false }: Acme) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const records: Data[] = [];
  const fragments: { bytes: NewFragment['bytes']; number: string }[] = [];
  const video = createKinesisVideo({ clock, mediaEndpoint: () => 'http://127.0.0.1' });
  const connect = createConnect({
    isStrict,
    clock,
    happenings,
    world: laptopWorld({
      flows: [
        ...laptopWorld().flows,
        { id: 'inbound', name: 'inbound', type: 'CONTACT_FLOW', document: documentOf(inbound) },
        { id: 'queue', name: 'queue', type: 'CUSTOMER_QUEUE', document: documentOf(queue) },
        { id: 'quiet', name: 'quiet', type: 'CUSTOMER_QUEUE', document: documentOf([SORRY]) },
      ],
      ...world,
    }),
    kinesis: { put: (_arn, data) => records.push(JSON.parse(data)) },
    kinesisVideo: {
      createStream: video.createStream,
      append(streamArn, fragment) {
        const number = video.append(streamArn, fragment);
        fragments.push({ bytes: fragment.bytes, number });
        return number;
      },
    },
    delays: { contactRecordMs: 1000 },
    throttle: false,
  });
  const happened = (listener: (happening: Happening) => void) => happenings.listen(listener);

  async function call(
    script: CallOrder['script'],
    number: { to?: string; flow?: string } = { flow: 'inbound' },
  ) {
    const { ended, heard } = connect.call({ from: '+15555550142', script, ...number });
    await ended;
    await clock.sleep(20_000);
    const [record = assert.fail('no contact record')] = records;
    return { record, heard: heard() };
  }

  function streamed(contactId: string): Int16Array {
    const media = fragments.map(({ bytes, number }) =>
      Buffer.from(typeof bytes === 'function' ? bytes(number) : bytes),
    );
    return Int16Array.from(
      media.filter((one) => one.includes(contactId)).flatMap((one) => samplesOn(1, one)),
    );
  }
  return { connect, clock, records, happened, call, streamed };
}

/** Actions one after the other; errors lead to `sorry`, if there is such an action. */
function documentOf(steps: readonly Step[]) {
  const Errors = steps.some(([name]) => name === 'sorry')
    ? [{ ErrorType: 'NoMatchingError', NextAction: 'sorry' }]
    : [];
  return parseFlow(
    JSON.stringify({
      Version: '2019-10-30',
      StartAction: steps[0]?.[0] ?? '',
      Actions: steps.map(([Identifier, Type, Parameters], index) => {
        const NextAction = steps[index + 1]?.[0];
        const any = ['NoMatchingCondition', 'InputTimeLimitExceeded'].map((ErrorType) => ({
          ErrorType,
          NextAction,
        }));
        const errors = Type === 'GetParticipantInput' ? [...any, ...Errors] : Errors;
        const Transitions = NextAction ? { NextAction, Errors: errors } : {};
        return { Identifier, Type, Parameters, Transitions };
      }),
    }),
  );
}
