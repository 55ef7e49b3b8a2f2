import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchOf } from '../branch.fixture.ts';
import { BILLING_ARN, flowOf, type TestCenter, testCenter } from '../flow.fixture.ts';

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111122223333:function:show-voicemail';

const invoke = (given: Readonly<Record<string, unknown>> = {}) => ({
  does: 'InvokeLambdaFunction',
  with: { LambdaFunctionARN: FUNCTION_ARN, InvocationTimeLimitSeconds: '8', ...given },
});

const answering = (payload: string) => ({ answer: () => ({ kind: 'answered', payload }) as const });

const phoneNumber = (Address: string) => ({ Address, Type: 'TELEPHONE_NUMBER' });

test('a function gets the whole contact, and the parameters of the flow', async (t) => {
  const { invoked } = await branchOf(
    t,
    invoke({ LambdaInvocationAttributes: { id: '$.Attributes.id', no: '$.Attributes.no' } }),
    {
      contact: { attributes: new Map([['id', 'c1']]) },
      prepare: ({ contact }) => {
        contact.settings.targetQueue = { arn: BILLING_ARN, id: 'b1', name: 'Billing' };
        contact.mediaStream = {
          streamArn: 'arn:stream',
          startedAtMs: 1_772_632_824_310,
          startFragmentNumber: '91',
          stopFragmentNumber: '92',
          stoppedAtMs: 1_772_632_830_000,
        };
      },
    },
  );

  const contactId = 'c0ffee00-0000-4000-8000-0000000000c1';
  assert.deepEqual(invoked, [
    {
      functionArn: FUNCTION_ARN,
      limitMs: 8000,
      event: {
        Name: 'ContactFlowEvent',
        Details: {
          ContactData: {
            Attributes: { id: 'c1' },
            AwsRegion: 'us-east-1',
            Channel: 'VOICE',
            ContactId: contactId,
            CustomerEndpoint: phoneNumber('+15555550142'),
            CustomerId: null,
            Description: null,
            InitialContactId: contactId,
            InitiationMethod: 'INBOUND',
            InstanceARN: BILLING_ARN.replace(/\/queue.*/, ''),
            LanguageCode: 'en-US',
            MediaStreams: {
              Customer: {
                Audio: {
                  StartFragmentNumber: '91',
                  StartTimestamp: '1772632824310',
                  StopFragmentNumber: '92',
                  StopTimestamp: '1772632830000',
                  StreamARN: 'arn:stream',
                },
              },
            },
            Name: null,
            PreviousContactId: contactId,
            Queue: { ARN: BILLING_ARN, Name: 'Billing', OutboundCallerId: phoneNumber('+15555550100') },
            References: {},
            RelatedContactId: null,
            SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Telephony' } },
            SystemEndpoint: phoneNumber('+15555550100'),
            Tags: {},
          },
          Parameters: { id: 'c1', no: '' },
        },
      },
    },
  ]);
});

test('before there is a queue or a stream, a function gets null', async (t) => {
  const { invoked } = await branchOf(t, invoke());
  const event = JSON.stringify(invoked[0]?.event);

  assert.match(event, /"MediaStreams":\{"Customer":\{"Audio":null\}\}/);
  assert.match(event, /"Queue":null/);
});

test('STRING_MAP must be a flat map of strings, and JSON must be an object', async (t) => {
  const json = { ResponseValidation: { ResponseType: 'JSON' } };
  const flat = async (payload: string) => (await branchOf(t, invoke(), answering(payload))).branch;
  const deep = async (payload: string) => (await branchOf(t, invoke(json), answering(payload))).branch;

  assert.equal(await flat('{"a":"1"}'), 'next');
  assert.equal(await flat('{"a":{"b":"1"}}'), 'NoMatchingError');
  assert.equal(await deep('{"a":{"b":1}}'), 'next');
  assert.equal(await deep('["a"]'), 'NoMatchingError');
  assert.equal(await deep('null'), 'NoMatchingError');
});

test('an answer over 32 KB is an error', async (t) => {
  const payload = JSON.stringify({ a: 'x'.repeat(32_768) });

  assert.equal((await branchOf(t, invoke(), answering(payload))).branch, 'NoMatchingError');
});

test('a function that fails, or whose ARN is empty, is an error', async (t) => {
  const failing = { answer: () => ({ kind: 'failed', reason: 'no answer' }) as const };

  assert.equal((await branchOf(t, invoke(), failing)).branch, 'NoMatchingError');
  assert.equal(
    (await branchOf(t, invoke({ LambdaFunctionARN: '$.FlowAttributes.no' }))).branch,
    'NoMatchingError',
  );
});

test('each answer replaces the one before as a whole', async (t) => {
  const { run, said } = testCenter(t, {
    answer: (arn) => ({ kind: 'answered', payload: arn === 'one' ? '{"a":"1","b":"1"}' : '{"b":"2"}' }),
  });

  await run(
    flowOf({
      one: { ...invoke({ LambdaFunctionARN: 'one' }), next: 'two' },
      two: { ...invoke({ LambdaFunctionARN: 'two' }), next: 'say' },
      say: { does: 'MessageParticipant', with: { Text: '[$.External.a|$.External.b]' } },
    }),
  );

  assert.deepEqual(said, ['[|2]']);
});

test('a flow does not wait for an asynchronous function, and the answer before it stays', async (t) => {
  const { run, said, invoked } = testCenter(t, {
    answer: (functionArn) => ({ kind: 'answered', payload: `{"by":"${functionArn}"}` }),
  });

  await run(
    flowOf({
      one: { ...invoke({ LambdaFunctionARN: 'one' }), next: 'two' },
      two: {
        ...invoke({
          LambdaFunctionARN: 'two',
          InvocationType: 'ASYNCHRONOUS',
          InvocationTimeLimitSeconds: '60',
        }),
        next: 'say',
      },
      say: { does: 'MessageParticipant', with: { Text: '$.External.by' } },
    }),
  );

  assert.deepEqual(said, ['one']);
  assert.deepEqual(
    invoked.map(({ limitMs }) => limitMs),
    [8000, 60_000],
  );
});

test('a flow waits for a function for 8 seconds at most', async (t) => {
  const { run } = testCenter(t);

  const end = await run(flowOf({ invoke: invoke({ InvocationTimeLimitSeconds: '60' }) }));

  assert.match(end.kind === 'failed' ? end.error.message : '', /at most 8 seconds/);
});

const show = (data: unknown = {}) => ({
  does: 'ShowView',
  with: {
    ViewResource: { Id: 'arn:aws:connect:us-east-1:111122223333:instance/x/view/v1:$LATEST' },
    InvocationTimeLimitSeconds: '600',
    ViewData: data,
  },
});
const CHAT = { contact: { channel: 'CHAT' } } as const;
const withView = ({ parts }: Pick<TestCenter, 'parts'>) =>
  parts.views.add({ id: 'v1', arn: 'arn:view', name: 'Player', content: {}, actions: ['Close'] });

test('a guide shows a view with references resolved, and goes on as the agent chooses', async (t) => {
  const { run, shown, parts, contact } = testCenter(t, {
    ...CHAT,
    acts: { kind: 'acted', action: 'Close', submitted: { note: 'done' } },
  });
  withView({ parts });

  await run(
    flowOf({
      show: {
        ...show({ box: { TemplateString: '<b>$.Channel</b>' } }),
        when: { Close: 'set' },
        on: { NoMatchingCondition: 'no' },
        next: 'no',
      },
      set: {
        does: 'UpdateContactAttributes',
        with: { Attributes: { did: '$.Views.Action: $.Views.ViewResultData.note' } },
      },
    }),
  );

  assert.deepEqual(shown, [{ viewId: 'v1', data: { box: { TemplateString: '<b>CHAT</b>' } } }]);
  assert.equal(contact.attributes.get('did'), 'Close: done');
});

test('a view has branches for an unknown action, and for an agent who does nothing', async (t) => {
  const chat = { ...CHAT, prepare: withView };

  const odd = await branchOf(t, show(), { ...chat, acts: { kind: 'acted', action: 'Odd', submitted: {} } });
  const late = await branchOf(t, show(), { ...chat, acts: { kind: 'time-out' } });

  assert.equal(odd.branch, 'NoMatchingCondition');
  assert.equal(late.branch, 'TimeLimitExceeded');
});

test('a view in a call, an unknown view and too much data for a view are errors', async (t) => {
  const much = show({ a: 'x'.repeat(16_384) });

  assert.equal((await branchOf(t, show(), { prepare: withView })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, show(), CHAT)).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, much, { ...CHAT, prepare: withView })).branch, 'NoMatchingError');
});

test('a flow starts a task, which runs its own flow at the same time', async (t) => {
  const { contact, parts, run, said } = testCenter(t, { contact: { attributes: new Map([['a', '1']]) } });
  const create = {
    does: 'CreateTask',
    with: {
      Name: 'Call $.CustomerEndpoint.Address',
      Description: 'Please',
      ContactFlowId: 'task',
      References: { site: { Type: 'URL', Value: 'https://example.com' } },
      Attributes: { b: '$.Channel' },
      DelaySeconds: '30',
    },
    next: 'say',
  };
  const taskFlow = flowOf({ bye: { does: 'DisconnectParticipant' } }, { id: 'task' });

  await run(flowOf({ create, say: { does: 'MessageParticipant', with: { Text: '$.Task.ContactId' } } }), {
    others: [taskFlow],
  });
  await parts.clock.sleep(31_000);
  const task = parts.contacts.all().find(({ channel }) => channel === 'TASK');

  assert.equal(said[0], task?.id);
  assert.equal(task?.name, 'Call +15555550142');
  assert.equal(task?.relatedContactId, contact.id);
  assert.deepEqual(
    [...(task?.attributes ?? [])],
    [
      ['a', '1'],
      ['b', 'VOICE'],
    ],
  );
  assert.deepEqual(task?.references, { site: { type: 'URL', value: 'https://example.com' } });
  assert.ok((task?.endedAtMs ?? 0) >= contact.initiatedAtMs + 30_000);
});

const createTask = (given: object) => ({
  does: 'CreateTask',
  with: { Name: 'Task', ContactFlowId: 'task', ...given },
});

test('a task needs a flow, and attributes within the limit', async (t) => {
  const others = [flowOf({ bye: { does: 'DisconnectParticipant' } }, { id: 'task' })];
  const { run } = testCenter(t, { isStrict: true });

  const end = await run(flowOf({ create: { does: 'CreateTask', with: { Name: 'T', TaskTemplateId: 'x' } } }));

  assert.equal(
    (await branchOf(t, createTask({ ContactFlowId: 'nobody' }), { others })).branch,
    'NoMatchingError',
  );
  assert.equal(
    (await branchOf(t, createTask({ Attributes: { a: 'x'.repeat(32_768) } }), { others })).branch,
    'NoMatchingError',
  );
  assert.match(end.kind === 'failed' ? end.error.message : '', /task templates are not simulated/);
});
