import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFlow } from './run-flow.ts';
import { flowOf, testCenter } from './flow.fixture.ts';

const SAY = (words: string, next: string) => ({ does: 'MessageParticipant', with: { Text: words }, next });
const HANG_UP = { does: 'DisconnectParticipant' };

test('a flow plays its prompts and hangs up', async (t) => {
  const { contact, run, said } = testCenter(t);

  const end = await run(flowOf({ greet: SAY('Hello', 'bye'), bye: HANG_UP }));

  assert.deepEqual(end, { kind: 'disconnected' });
  assert.deepEqual(said, ['Hello']);
  assert.equal(contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('runFlow returns before the first action runs', async (t) => {
  const { contact, parts } = testCenter(t);

  const { ended } = runFlow({ flow: flowOf({ bye: HANG_UP }), contact }, parts);
  const endedAtMs = contact.endedAtMs;

  assert.equal(endedAtMs, undefined);
  assert.deepEqual(await ended, { kind: 'disconnected' });
});

test('a call whose flow lacks a branch is hung up', async (t) => {
  const { contact, run } = testCenter(t);

  const end = await run(flowOf({ greet: SAY('Hello', 'nowhere') }));

  assert.deepEqual(end, { kind: 'disconnected' });
  assert.equal(contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
});

test('after a queue flow the caller goes on waiting, and after a whisper the talk goes on', async (t) => {
  for (const type of ['CUSTOMER_QUEUE', 'AGENT_WHISPER', 'CUSTOMER_HOLD'] as const) {
    const { contact, run } = testCenter(t);

    const end = await run(flowOf({ end: { does: 'EndFlowExecution' } }, { type }));

    assert.deepEqual(end, { kind: 'ended' });
    assert.equal(contact.endedAtMs, undefined);
  }
});

test('a caller who hangs up in the middle of a prompt hears no more', async (t) => {
  const { contact, parts, said } = testCenter(t, { promptMs: Infinity });
  const { ended } = runFlow(
    { flow: flowOf({ greet: SAY('Hello', 'more'), more: SAY('More', 'bye'), bye: HANG_UP }), contact },
    parts,
  );
  parts.clock.after(5000, () => parts.contacts.end(contact, 'CUSTOMER_DISCONNECT'));

  const end = await ended;

  assert.deepEqual(end, { kind: 'stopped' });
  assert.deepEqual(said, ['Hello']);
  assert.equal(contact.disconnectReason, 'CUSTOMER_DISCONNECT');
});

test('a flow that is cut off runs no further, and the call goes on', async (t) => {
  const { contact, parts, said } = testCenter(t, { promptMs: Infinity });
  const { ended, stop } = runFlow(
    { flow: flowOf({ greet: SAY('Hello', 'bye'), bye: HANG_UP }), contact },
    parts,
  );
  parts.clock.after(1000, stop);

  const end = await ended;

  assert.deepEqual(end, { kind: 'stopped' });
  assert.deepEqual(said, ['Hello']);
  assert.equal(contact.endedAtMs, undefined);
});

test('a flow that is cut off before its first action runs none', async (t) => {
  const { contact, parts } = testCenter(t);

  const { ended, stop } = runFlow({ flow: flowOf({ bye: HANG_UP }), contact }, parts);
  stop();
  stop();

  assert.deepEqual(await ended, { kind: 'stopped' });
  assert.equal(contact.endedAtMs, undefined);
});

test('a flow that is cut off while other work gets a turn runs no further', async (t) => {
  const { contact, parts } = testCenter(t);
  const names = Array.from({ length: 49 }, (_, index) => `tag ${index}`);
  const tags = names.map((name, index) => [
    name,
    { does: 'TagContact', with: { Tags: {} }, next: names[index + 1] ?? 'bye' },
  ]);

  const { ended, stop } = runFlow(
    { flow: flowOf({ ...Object.fromEntries(tags), bye: HANG_UP }), contact },
    parts,
  );
  setImmediate(stop);

  assert.deepEqual(await ended, { kind: 'stopped' });
  assert.equal(contact.endedAtMs, undefined);
});

const PAST_A_PROFILE = {
  ask: { does: 'GetCustomerProfile', next: 'known', on: { NoMatchingError: 'stranger' } },
  known: SAY('Welcome back', 'bye'),
  stranger: SAY('Welcome', 'bye'),
  bye: HANG_UP,
};

test('an action that is not simulated takes its error branch, and is reported', async (t) => {
  const { run, said, told } = testCenter(t);

  const end = await run(flowOf(PAST_A_PROFILE));

  assert.equal(end.kind, 'disconnected');
  assert.deepEqual(said, ['Welcome']);
  assert.deepEqual(
    told.flatMap((one) =>
      one.kind === 'not-simulated' ? [`${one.action} ${one.actionType}: ${one.reason}`] : [],
    ),
    ['ask GetCustomerProfile: the simulator does not know this type of action'],
  );
});

test('without an error branch it goes on at the next action, and out of a module', async (t) => {
  const { run, said } = testCenter(t);
  const module = flowOf(
    { end: { does: 'EndFlowModuleExecution', with: { Transition: 'Sent' } } },
    { id: 'm1', type: 'MODULE' },
  );

  await run(
    flowOf({
      voice: { does: 'StartVoiceIdStream', next: 'module' },
      module: { does: 'InvokeFlowModule', with: { FlowModuleId: 'm1' }, next: 'say' },
      say: SAY('Hello', 'bye'),
      bye: HANG_UP,
    }),
    { others: [module] },
  );

  assert.deepEqual(said, ['Hello']);
});

test('with strictness an action that is not simulated ends the call, and the error names it', async (t) => {
  for (const type of ['GetCustomerProfile', 'CreateCase', 'PlayPrompt']) {
    const { contact, run, told } = testCenter(t, { isStrict: true });

    const end = await run(flowOf({ ask: { does: type, next: 'bye' }, bye: HANG_UP }, { name: 'Main' }));

    assert.equal(
      end.kind === 'failed' && end.error.message,
      `flow Main, action ask (${type}): the simulator does not know this type of action`,
    );
    assert.equal(contact.disconnectReason, 'CONTACT_FLOW_DISCONNECT');
    assert.ok(told.some(({ kind }) => kind === 'flow-failed'));
  }
});

test('parameters that cannot be read end the call, and the error says which', async (t) => {
  const { run } = testCenter(t);

  const end = await run(flowOf({ cmp: { does: 'Compare', with: { Comparison: '1' }, next: 'cmp' } }));

  assert.match(end.kind === 'failed' ? end.error.message : '', /action cmp \(Compare\): .*ComparisonValue/);
});

test('with strictness a parameter that is not simulated ends the call too', async (t) => {
  const actions = [
    { does: 'InvokeFlowModule', with: { FlowModuleId: 'm1', InputParameters: {} } },
    { does: 'EndFlowModuleExecution', with: { Transition: 'Sent' } },
    { does: 'CreateTask', with: { Name: 'Task', ContactFlowId: 'f0', ScheduledTime: '1772632824' } },
    { does: 'CreateTask', with: { Name: 'Task', TaskTemplateId: 't0' } },
    {
      does: 'GetParticipantInput',
      with: { StoreInput: 'True', InputEncryption: { EncryptionKeyId: 'k', Key: 'pem' } },
    },
    { does: 'UpdateContactRoutingCriteria', with: { RoutingCriteria: { Steps: [{ Expression: {} }] } } },
    {
      does: 'UpdateContactEventHooks',
      with: {
        EventHooks: { AgentWhisper: 'f0' },
        EventHooksConfiguration: { AgentWhisper: { DisableExecution: 'true' } },
      },
    },
  ];
  for (const action of actions) {
    const flow = flowOf({ try: { ...action, on: { NoMatchingError: 'bye' } }, bye: HANG_UP });

    const strict = await testCenter(t, { isStrict: true }).run(flow);
    const other = await testCenter(t).run(flow);

    assert.match(strict.kind === 'failed' ? strict.error.message : '', /not simulated/);
    assert.equal(other.kind, 'disconnected');
  }
});

test('an operator that flow language does not have is named with its action', async (t) => {
  const { run } = testCenter(t);

  const end = await run(
    flowOf({
      check: {
        does: 'Compare',
        with: { ComparisonValue: '1' },
        when: { 'NumberIs 1': 'check' },
        next: 'check',
      },
    }),
  );

  assert.match(end.kind === 'failed' ? end.error.message : '', /action check \(Compare\): .*NumberIs/);
});

test('a flow in an endless loop is stopped, and other work gets turns meanwhile', async (t) => {
  const { contact, run } = testCenter(t);
  let turns = 0;
  const count = () => {
    turns += 1;
    if (contact.endedAtMs === undefined) setImmediate(count);
  };
  setImmediate(count);

  const end = await run(
    flowOf({ tag: { does: 'TagContact', with: { Tags: {} }, next: 'tag' } }, { name: 'Round' }),
  );

  assert.match(
    end.kind === 'failed' ? end.error.message : '',
    /flow Round, action tag .*1000 actions without/,
  );
  assert.ok(turns > 10);
});

test('a loop that waits in between can run for long', async (t) => {
  const { run, said } = testCenter(t, { promptMs: 1000 });
  const often = flowOf({
    again: {
      does: 'Loop',
      with: { LoopCount: '100' },
      when: { ContinueLooping: 'say', DoneLooping: 'outer' },
      next: 'bye',
    },
    outer: {
      does: 'Loop',
      with: { LoopCount: 7 },
      when: { ContinueLooping: 'again', DoneLooping: 'bye' },
      next: 'bye',
    },
    say: SAY('.', 'again'),
    bye: HANG_UP,
  });

  const end = await run(often);

  assert.deepEqual(end, { kind: 'disconnected' });
  assert.equal(said.length, 800);
});

test('an action reads what the one before it wrote', async (t) => {
  const { run, said } = testCenter(t);

  await run(
    flowOf({
      set: {
        does: 'UpdateContactAttributes',
        with: { Attributes: { from: '$.CustomerEndpoint.Address' } },
        next: 'say',
      },
      say: SAY('You are $.Attributes.from', 'bye'),
      bye: HANG_UP,
    }),
  );

  assert.deepEqual(said, ['You are +15555550142']);
});
