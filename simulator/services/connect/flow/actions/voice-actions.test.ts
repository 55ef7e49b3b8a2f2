import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchOf } from '../branch.fixture.ts';
import { flowOf, type TestAction, testCenter } from '../flow.fixture.ts';

const SAY = (words: string, next: string): TestAction => ({
  does: 'MessageParticipant',
  with: { Text: words },
  next,
});
const END: TestAction = { does: 'EndFlowExecution' };

const ask = (given: Readonly<Record<string, unknown>> = {}): TestAction => ({
  does: 'GetParticipantInput',
  with: { Text: 'Press 1', StoreInput: 'False', InputTimeLimitSeconds: '60', ...given },
});

const store = (validation: unknown = { CustomValidation: { MaximumLength: '4' } }, given = {}) =>
  ask({ StoreInput: 'True', InputValidation: validation, ...given });

test('callers hear texts, SSML, recorded prompts and files, with references resolved', async (t) => {
  const prompts = [
    { Text: 'Hello $.CustomerEndpoint.Address' },
    { SSML: '<speak>$.Channel</speak>' },
    { PromptId: '$.Attributes.prompt' },
    { Media: { Uri: 's3://bucket/hi.wav', SourceType: 'S3', MediaType: 'Audio' } },
  ];
  const { run, said } = testCenter(t, { contact: { attributes: new Map([['prompt', 'p1']]) } });

  await run(
    flowOf(
      Object.fromEntries(
        prompts.map((given, index) => [
          String(index),
          { does: 'MessageParticipant', with: given, next: String(index + 1) },
        ]),
      ),
    ),
  );

  assert.deepEqual(said, [
    'Hello +15555550142',
    '<speak>VOICE</speak>',
    '(prompt p1)',
    '(media s3://bucket/hi.wav)',
  ]);
});

test('an empty prompt is an error in a call', async (t) => {
  const nothing = { does: 'MessageParticipant', with: { Text: '$.Attributes.nobody' } };

  const { branch } = await branchOf(t, nothing);

  assert.equal(branch, 'NoMatchingError');
});

test('a chat takes only text, and a task has no participant', async (t) => {
  const text = { does: 'MessageParticipant', with: { Text: 'Hello' } };
  const ssml = { does: 'MessageParticipant', with: { SSML: '<speak/>' } };

  assert.equal((await branchOf(t, text, { contact: { channel: 'CHAT' } })).branch, 'next');
  assert.equal((await branchOf(t, ssml, { contact: { channel: 'CHAT' } })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, ssml, { contact: { channel: 'TASK' } })).branch, 'next');
});

test('a whisper is said to the participant of its flow', async (t) => {
  const { branch, said } = await branchOf(t, SAY('Billing', 'to next'), { type: 'AGENT_WHISPER' });

  assert.equal(branch, 'next');
  assert.deepEqual(said, ['Billing']);
});

test('a key chooses a branch, during the prompt and after it', async (t) => {
  assert.equal((await branchOf(t, ask(), { keysInPrompts: ['1'] })).branch, '1');
  assert.equal((await branchOf(t, ask(), { keys: ['#'] })).branch, '#');
});

test('an unknown key and a missing key have branches of their own', async (t) => {
  assert.equal((await branchOf(t, ask(), { keys: ['9'] })).branch, 'NoMatchingCondition');
  assert.equal((await branchOf(t, ask())).branch, 'InputTimeLimitExceeded');
});

test('if a flow names no key, every key meets no condition', async (t) => {
  const { branch } = await branchOf(t, { ...ask(), when: {} }, { keys: ['1'] });

  assert.equal(branch, 'NoMatchingCondition');
});

test('the time for a key begins when the prompt has ended', async (t) => {
  const { contact, parts } = await branchOf(t, ask(), { promptMs: 5000 });

  assert.ok(parts.clock.now() - contact.initiatedAtMs >= 65_000);
});

test('a chat has no keys', async (t) => {
  assert.equal((await branchOf(t, ask(), { contact: { channel: 'CHAT' } })).branch, 'NoMatchingError');
});

test('stored input ends at its maximum length, at the end key or at a pause', async (t) => {
  const entered = async (keys: string, given = {}) => {
    const { run, said } = testCenter(t, { keys: keys.split('') });
    await run(
      flowOf({ ask: { ...store(undefined, given), next: 'say' }, say: SAY('$.StoredCustomerInput', 'no') }),
    );
    return said.at(-1);
  };

  assert.equal(await entered('12345'), '1234');
  assert.equal(await entered('12#'), '12');
  assert.equal(await entered('12'), '12');
  assert.equal(await entered('12*34#'), '34');
  assert.equal(await entered('1*#', { DTMFConfiguration: { DisableCancelKey: 'True' } }), '1*');
  assert.equal(await entered('1#99', { DTMFConfiguration: { InputTerminationSequence: '99' } }), '1#');
});

test('missing input is stored as Timeout, and the flow goes on', async (t) => {
  const { run, said } = testCenter(t);

  await run(flowOf({ ask: { ...store(), next: 'say' }, say: SAY('$.StoredCustomerInput', 'no') }));

  assert.deepEqual(said, ['Press 1', 'Timeout']);
});

test('a telephone number is stored as it is dialed, and an invalid one is refused', async (t) => {
  const local = store({ PhoneNumberValidation: { NumberFormat: 'Local', CountryCode: 'US' } });
  const { run, said } = testCenter(t, { keys: '2065550142#'.split('') });

  await run(flowOf({ ask: { ...local, next: 'say' }, say: SAY('$.StoredCustomerInput', 'no') }));
  const { branch } = await branchOf(t, local, { keys: ['1', '#'] });

  assert.equal(said.at(-1), '+12065550142');
  assert.equal(branch, 'InvalidPhoneNumber');
});

test('the buffer for keys can be set, and input cannot be encrypted', async (t) => {
  const { branch } = await branchOf(t, { does: 'GetParticipantInput', with: { EnableDTMFBuffer: 'true' } });
  const { run } = testCenter(t, { isStrict: true });

  const end = await run(flowOf({ ask: store(undefined, { InputEncryption: { Key: 'k' } }) }));

  assert.equal(branch, 'next');
  assert.match(end.kind === 'failed' ? end.error.message : '', /encrypted input is not simulated/);
});

test('a queue flow says one thing after the other until it is interrupted', async (t) => {
  const loop = {
    does: 'MessageParticipantIteratively',
    with: {
      Messages: [{ Text: 'One' }, { PromptId: 'two' }],
      InterruptFrequencySeconds: '25',
    },
  };

  const { branch, said } = await branchOf(t, loop, { promptMs: 10_000, type: 'CUSTOMER_QUEUE' });

  assert.equal(branch, 'MessagesInterrupted');
  assert.deepEqual(said, ['One', '(prompt two)', 'One']);
});

test('messages continue after an interrupt if the flow says so, and otherwise begin again', async (t) => {
  const heard = async (goesOn: string) => {
    const { run, said } = testCenter(t, { promptMs: 10_000 });
    const loop = {
      does: 'MessageParticipantIteratively',
      with: {
        Messages: [{ Text: 'One' }, { Text: 'Two' }],
        InterruptFrequencySeconds: 15,
        ContinueMessagingDuringInterrupt: goesOn,
      },
      when: { MessagesInterrupted: 'count' },
      next: 'count',
    };
    const count = {
      does: 'Loop',
      with: { LoopCount: 1 },
      when: { ContinueLooping: 'loop', DoneLooping: 'end' },
      next: 'end',
    };
    await run(flowOf({ loop, count, end: END }, { type: 'CUSTOMER_QUEUE' }));
    return said;
  };

  assert.deepEqual(await heard('true'), ['One', 'Two', 'Two', 'One']);
  assert.deepEqual(await heard('false'), ['One', 'Two', 'One', 'Two']);
});

test('a round of silent messages is repeated once a second at most', async (t) => {
  const loop = {
    does: 'MessageParticipantIteratively',
    with: { Messages: [{ Text: 'One' }], InterruptFrequencySeconds: '60' },
  };

  const { said } = await branchOf(t, loop, { type: 'CUSTOMER_QUEUE' });

  assert.ok(said.length <= 60, `${said.length} times`);
});

test('messages are for queues and holds, and for calls', async (t) => {
  const loop = { does: 'MessageParticipantIteratively', with: { Messages: [{ Text: 'One' }] } };
  const chat = { contact: { channel: 'CHAT' }, type: 'CUSTOMER_QUEUE' } as const;

  assert.equal((await branchOf(t, loop)).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, loop, chat)).branch, 'NoMatchingError');
});

const streaming = (state: string, next: string) => ({
  does: 'UpdateContactMediaStreamingBehavior',
  with: {
    MediaStreamingState: state,
    MediaStreamType: 'Audio',
    Participants: [{ ParticipantType: 'Customer', MediaDirections: ['From'] }],
  },
  next,
});

test('streaming starts from the caller only, is known to the flow, and stops', async (t) => {
  const { run, said, streamed } = testCenter(t);

  await run(
    flowOf({
      start: streaming('Enabled', 'say'),
      say: SAY('$.MediaStreams.Customer.Audio.StreamARN', 'stop'),
      stop: streaming('Disabled', 'again'),
      again: streaming('Disabled', 'end'),
    }),
  );

  assert.deepEqual(streamed, ['start From', 'stop', 'stop']);
  assert.deepEqual(said, ['arn:stream']);
});

test('streaming is an error if the instance does not have it, in a task, and for an agent', async (t) => {
  const start = {
    does: 'UpdateContactMediaStreamingBehavior',
    with: { MediaStreamingState: 'Enabled', Participants: [{ MediaDirections: ['From'] }] },
  };

  assert.equal((await branchOf(t, start, { streaming: 'refused' })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, start, { contact: { channel: 'TASK' } })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, start, { type: 'AGENT_WHISPER' })).branch, 'NoMatchingError');
});

const newer = (parameters: Readonly<Record<string, unknown>>) => ({
  does: 'UpdateContactRecordingAndAnalyticsBehavior',
  with: parameters,
});

const record = (behavior: unknown) => ({
  does: 'UpdateContactRecordingBehavior',
  with: { RecordingBehavior: behavior },
});

test('a flow sets who is recorded, and whether the automated part of the call is', async (t) => {
  const agent = await branchOf(t, record({ RecordedParticipants: ['Agent'] }));
  const on = await branchOf(t, record({ IVRRecordingBehavior: 'Enabled' }));
  const off = await branchOf(t, record({ IVRRecordingBehavior: 'Disabled' }));

  assert.deepEqual([agent.branch, on.branch, off.branch], ['next', 'next', 'next']);
  assert.deepEqual(
    [agent.streamed, on.streamed, off.streamed],
    [[], ['IVR recording on'], ['IVR recording off']],
  );
});

test('the newer block for recording is for calls or for chats, with an error for the other channel', async (t) => {
  const voice = { VoiceRecordingBehavior: { RecordedParticipants: [], IVRRecordingBehavior: 'Enabled' } };

  const call = await branchOf(t, newer({ VoiceBehavior: voice }));
  const chat = await branchOf(t, newer({ ChatBehavior: {} }));

  assert.equal(call.branch, 'next');
  assert.deepEqual(call.streamed, ['IVR recording on']);
  assert.equal(chat.branch, 'ChannelMismatch');
});
