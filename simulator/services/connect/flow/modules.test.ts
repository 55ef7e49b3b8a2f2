import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowOf, testCenter } from './flow.fixture.ts';

const SAY = (words: string, next: string) => ({ does: 'MessageParticipant', with: { Text: words }, next });
const HANG_UP = { does: 'DisconnectParticipant' };
const CALL = (module: string, next: string) => ({
  does: 'InvokeFlowModule',
  with: { FlowModuleId: module },
  next,
  on: { NoMatchingError: 'sorry' },
});
const MODULE = { id: 'm1', name: 'Module', type: 'MODULE' } as const;

test('after a module the flow goes on after the call', async (t) => {
  const { run, said } = testCenter(t, { contact: { attributes: new Map([['module', 'm1']]) } });
  const flow = flowOf({
    call: CALL('$.Attributes.module', 'after'),
    after: SAY('After', 'bye'),
    sorry: SAY('Sorry', 'bye'),
    bye: HANG_UP,
  });
  const module = flowOf({ in: SAY('Within', 'out'), out: { does: 'EndFlowModuleExecution' } }, MODULE);

  await run(flow, { others: [module] });

  assert.deepEqual(said, ['Within', 'After']);
});

test('a module that hangs up does not return', async (t) => {
  const { run, said } = testCenter(t);
  const flow = flowOf({ call: CALL('m1', 'after'), after: SAY('After', 'sorry'), sorry: HANG_UP });

  const end = await run(flow, { others: [flowOf({ bye: HANG_UP }, MODULE)] });

  assert.deepEqual(end, { kind: 'disconnected' });
  assert.deepEqual(said, []);
});

test('a module and its flow share the contact, but not their own data', async (t) => {
  const { run, said } = testCenter(t, {
    keys: ['7'],
    contact: { attributes: new Map([['kept', 'yes']]) },
    answer: () => ({ kind: 'answered', payload: '{"a":"b"}' }),
  });
  const words = '[$.Attributes.kept|$.FlowAttributes.f|$.External.a|$.StoredCustomerInput]';
  const flow = flowOf({
    set: { does: 'UpdateFlowAttributes', with: { FlowAttributes: { f: { Value: 'flow' } } }, next: 'invoke' },
    invoke: { does: 'InvokeLambdaFunction', with: { LambdaFunctionARN: 'arn:aws:lambda:f' }, next: 'ask' },
    ask: {
      does: 'GetParticipantInput',
      with: { StoreInput: 'True', InputValidation: { CustomValidation: { MaximumLength: '1' } } },
      next: 'call',
    },
    call: CALL('m1', 'after'),
    after: SAY(words, 'bye'),
    sorry: HANG_UP,
    bye: HANG_UP,
  });
  const module = flowOf(
    {
      say: SAY(words, 'write'),
      write: {
        does: 'UpdateFlowAttributes',
        with: { FlowAttributes: { f: { Value: 'module' } } },
        next: 'out',
      },
      out: { does: 'EndFlowModuleExecution' },
    },
    MODULE,
  );

  await run(flow, { others: [module] });

  assert.deepEqual(said, ['[yes|||]', '[yes|flow|b|7]']);
});

test('modules can call modules, five deep at most', async (t) => {
  const { run, said } = testCenter(t);
  const flow = flowOf({ call: CALL('m1', 'bye'), sorry: SAY('Sorry 0', 'bye'), bye: HANG_UP });
  const modules = [1, 2, 3, 4, 5, 6].map((depth) =>
    flowOf(
      {
        in: SAY(`In ${depth}`, 'call'),
        call: CALL(`m${depth + 1}`, 'out'),
        sorry: SAY(`Sorry ${depth}`, 'out'),
        out: { does: 'EndFlowModuleExecution' },
      },
      { id: `m${depth}`, type: 'MODULE' },
    ),
  );

  await run(flow, { others: modules });

  assert.deepEqual(said, ['In 1', 'In 2', 'In 3', 'In 4', 'In 5', 'Sorry 5']);
});

test('a queue flow cannot call a module, and a flow is not a module', async (t) => {
  const module = flowOf({ out: { does: 'EndFlowModuleExecution' } }, MODULE);
  const actions = { call: CALL('m1', 'bye'), sorry: SAY('Sorry', 'bye'), bye: { does: 'EndFlowExecution' } };
  const queue = testCenter(t);
  const self = testCenter(t);

  await queue.run(flowOf(actions, { type: 'CUSTOMER_QUEUE' }), { others: [module] });
  await self.run(flowOf(actions), { others: [flowOf({ bye: HANG_UP }, { id: 'm1' })] });

  assert.deepEqual(queue.said, ['Sorry']);
  assert.deepEqual(self.said, ['Sorry']);
});

test('an action in a module obeys the type of the flow that called it', async (t) => {
  const { run, contact } = testCenter(t, { contact: { channel: 'TASK' } });
  const module = flowOf(
    { wait: { does: 'Wait', with: { TimeLimitSeconds: 5 }, next: 'out' }, out: HANG_UP },
    MODULE,
  );

  await run(flowOf({ call: CALL('m1', 'out'), sorry: HANG_UP, out: HANG_UP }), { others: [module] });

  assert.ok((contact.endedAtMs ?? 0) >= contact.initiatedAtMs + 5000);
});

test('a transfer to another flow loses the data of the flow and keeps that of the contact', async (t) => {
  const { contact, run, said } = testCenter(t);
  const flow = flowOf({
    set: { does: 'UpdateFlowAttributes', with: { FlowAttributes: { f: { Value: 'flow' } } }, next: 'keep' },
    keep: { does: 'UpdateContactAttributes', with: { Attributes: { a: 'kept' } }, next: 'log' },
    log: { does: 'UpdateFlowLoggingBehavior', with: { FlowLoggingBehavior: 'Enabled' }, next: 'go' },
    go: {
      does: 'TransferToFlow',
      with: { ContactFlowId: 'f2' },
      next: 'bye',
      on: { NoMatchingError: 'bye' },
    },
    bye: HANG_UP,
  });
  const other = flowOf(
    { say: SAY('[$.Attributes.a|$.FlowAttributes.f]', 'bye'), bye: HANG_UP },
    { id: 'f2' },
  );

  await run(flow, { others: [other] });

  assert.deepEqual(said, ['[kept|]']);
  assert.ok(contact.settings.isLogging);
});

test('a transfer to a flow that is not for inbound or transferred calls takes the error branch', async (t) => {
  for (const type of ['MODULE', 'CUSTOMER_QUEUE'] as const) {
    const { run, said } = testCenter(t);
    const go = { does: 'TransferToFlow', with: { ContactFlowId: 'f2' }, on: { NoMatchingError: 'sorry' } };

    await run(flowOf({ go, sorry: SAY('Sorry', 'bye'), bye: HANG_UP }), {
      others: [flowOf({ bye: HANG_UP }, { id: 'f2', type })],
    });

    assert.deepEqual(said, ['Sorry']);
  }
});

test('a loop continues as often as it says, is complete once, and then begins again', async (t) => {
  const { run, said } = testCenter(t, { contact: { attributes: new Map([['times', '2']]) } });
  const flow = flowOf({
    outer: {
      does: 'Loop',
      with: { LoopCount: '2' },
      when: { ContinueLooping: 'inner', DoneLooping: 'bye' },
      next: 'bye',
    },
    inner: {
      does: 'Loop',
      with: { LoopCount: '$.Attributes.times' },
      when: { ContinueLooping: 'again', DoneLooping: 'done' },
      next: 'bye',
    },
    again: SAY('again', 'inner'),
    done: SAY('done', 'outer'),
    bye: HANG_UP,
  });

  await run(flow);

  assert.deepEqual(said, ['again', 'again', 'done', 'again', 'again', 'done']);
});

test('a loop of 0 is complete at once, and a missing count or one over 100 is an error', async (t) => {
  for (const [count, words] of [
    ['0', 'done'],
    ['101', 'error'],
    ['$.Attributes.nobody', 'error'],
  ] as const) {
    const { run, said } = testCenter(t);
    const flow = flowOf({
      loop: {
        does: 'Loop',
        with: { LoopCount: count },
        when: { ContinueLooping: 'go', DoneLooping: 'done' },
        next: 'bye',
        on: { NoMatchingError: 'error' },
      },
      go: SAY('go', 'bye'),
      done: SAY('done', 'bye'),
      error: SAY('error', 'bye'),
      bye: HANG_UP,
    });

    await run(flow);

    assert.deepEqual(said, [words]);
  }
});
