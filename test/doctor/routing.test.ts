import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlow } from '../../flows/language/document.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { BASIC_ROUTING_PROFILE } from '../../simulator/services/connect/instance-defaults.ts';
import type { RoutingProfile } from '../../simulator/services/connect/world.ts';
import sample from '../../voicemail.config.ts';
import { diagnose } from './diagnose.ts';

const { queues, users, instanceArn } = configuredWorld();
const [billing = assert.fail(), support = assert.fail()] = queues;
const isDeployed = false;

/** A routing profile in place of the one that every agent has. */
function everybodyHas(profile: Omit<RoutingProfile, 'id' | 'name'>): readonly RoutingProfile[] {
  return [{ ...BASIC_ROUTING_PROFILE, ...profile }];
}

/** A flow of the customer's that takes messages for a queue. */
function messagesFor(queueId: string) {
  const document = parseFlow(
    JSON.stringify({
      Version: '2019-10-30',
      StartAction: 'queue',
      Actions: [
        {
          Identifier: 'queue',
          Type: 'UpdateContactTargetQueue',
          Parameters: { QueueId: `${instanceArn}/queue/${queueId}` },
          Transitions: { NextAction: 'mode', Errors: [{ NextAction: 'end', ErrorType: 'NoMatchingError' }] },
        },
        {
          Identifier: 'mode',
          Type: 'UpdateContactAttributes',
          Parameters: { Attributes: { vmx3_mode: 'task' }, TargetContact: 'Current' },
          Transitions: { NextAction: 'end', Errors: [{ NextAction: 'end', ErrorType: 'NoMatchingError' }] },
        },
        { Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} },
      ],
    }),
  );
  return {
    id: '9a9a9a9a-0000-4000-8000-00000000fa01',
    name: 'Main line',
    type: 'CONTACT_FLOW',
    document,
  } as const;
}

test('a fallback queue that is gone is found before a voicemail needs it', async (t) => {
  const { findingsOf, exitCode } = await diagnose(t, { world: { queues: [support] }, isDeployed });

  assert.partialDeepStrictEqual(findingsOf('queue-unusable'), [
    {
      severity: 'blocker',
      what: `The queue of fallbackQueueArn is not there: the instance has no queue ${billing.id}.`,
      evidence: [{ api: 'connect:DescribeQueue', saw: `${billing.id}: ResourceNotFoundException` }],
    },
  ]);
  assert.deepEqual(findingsOf('nobody-takes-tasks'), []);
  assert.equal(exitCode, 1);
});

test('a disabled fallback queue, and one whose hours have no day, are found', async (t) => {
  const hoursOfOperation = [
    { id: '40404040-0000-4000-8000-000000000002', name: 'Never', timeZone: 'UTC', week: [] },
  ];
  const closed = {
    ...billing,
    status: 'DISABLED' as const,
    hoursOfOperationId: hoursOfOperation[0]?.id ?? '',
  };

  const { findingsOf } = await diagnose(t, {
    world: { queues: [closed, support], hoursOfOperation },
    isDeployed,
  });

  assert.partialDeepStrictEqual(findingsOf('queue-unusable'), [
    {
      severity: 'blocker',
      what: 'The queue "Billing" of fallbackQueueArn is disabled, and takes no new contacts.',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('queue-never-open'), [
    {
      severity: 'warning',
      what: 'The queue "Billing" of fallbackQueueArn is never open: its hours of operation "Never" have no open day.',
    },
  ]);
});

test('the queue of the entry flows is looked at as well, and is no blocker', async (t) => {
  const entryQueueArn = `${instanceArn}/queue/${support.id}`;
  const lost = { ...support, status: 'DISABLED' as const, hoursOfOperationId: 'gone' };

  const { findingsOf } = await diagnose(t, {
    world: { queues: [billing, lost] },
    config: { flows: { ...sample.flows, entryQueueArn } },
    isDeployed,
  });

  assert.partialDeepStrictEqual(findingsOf('queue-unusable'), [
    {
      severity: 'warning',
      what: 'The queue "Support" of flows.entryQueueArn is disabled, and takes no new contacts.',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('queue-never-open'), [
    {
      what: 'The queue "Support" of flows.entryQueueArn has no hours of operation that exist: gone is not there.',
    },
  ]);
});

test('the queue of the canary is looked at as well, and nobody has to take its tasks', async (t) => {
  const canary = { queueArn: `${instanceArn}/queue/${support.id}`, everyHours: 6 };
  const looks = { isDeployed, config: { canary } };

  const gone = await diagnose(t, { ...looks, world: { queues: [billing] } });
  const off = await diagnose(t, {
    ...looks,
    world: { queues: [billing, { ...support, status: 'DISABLED' }] },
  });
  const right = await diagnose(t, looks);

  assert.partialDeepStrictEqual(gone.findingsOf('queue-unusable'), [
    {
      severity: 'warning',
      what: `The queue of canary.queueArn is not there: the instance has no queue ${support.id}.`,
    },
  ]);
  assert.partialDeepStrictEqual(off.findingsOf('queue-unusable'), [
    { what: 'The queue "Support" of canary.queueArn is disabled, and takes no new contacts.' },
  ]);
  for (const id of ['queue-unusable', 'nobody-takes-tasks', 'queue-never-open'])
    assert.deepEqual(right.findingsOf(id), []);
});

test('a queue whose routing profiles take only calls is found, and so are agents without tasks', async (t) => {
  const routingProfiles = everybodyHas({ concurrency: { TASK: 0 } });

  const { findingsOf } = await diagnose(t, { world: { routingProfiles }, isDeployed });

  assert.partialDeepStrictEqual(findingsOf('nobody-takes-tasks'), [
    {
      severity: 'blocker',
      certainty: 'certain',
      what: 'No routing profile takes tasks of the queue "Billing" (fallbackQueueArn).',
      evidence: [
        {
          api: 'connect:SearchRoutingProfiles',
          saw: '1 of 1 routing profiles have the queue, and take 0 tasks at once',
        },
      ],
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('agents-without-tasks'), [
    {
      severity: 'note',
      what: '3 of 3 agents take no tasks, by the routing profiles "Basic Routing Profile".',
    },
  ]);
  assert.partialDeepStrictEqual(findingsOf('test-agent-gone'), [
    {
      severity: 'warning',
      what: 'The agent of flows.testAgentArn takes no tasks: the routing profile "Basic Routing Profile" has none.',
    },
  ]);
});

test('a queue that a flow for voicemails names, and that agents have for calls only, is found', async (t) => {
  const queueLines = [
    { queueId: billing.id, channels: ['VOICE', 'TASK'] as const },
    { queueId: support.id, channels: ['VOICE'] as const },
  ];

  const { findingsOf } = await diagnose(t, {
    world: { routingProfiles: everybodyHas({ queues: queueLines }), flows: [messagesFor(support.id)] },
    isDeployed,
  });

  assert.deepEqual(
    findingsOf('nobody-takes-tasks-of-flows').map(({ what }) => what),
    ['No routing profile takes tasks of the queue "Support" (the flow "Main line").'],
  );
});

test('a routing profile that takes tasks and that no agent has is no help', async (t) => {
  const routingProfiles: readonly RoutingProfile[] = [
    ...everybodyHas({ queues: [{ queueId: billing.id, channels: ['VOICE'] }] }),
    { id: 'e4e4e4e4-0000-4000-8000-00000000e102', name: 'Nobody' },
  ];

  const { findingsOf } = await diagnose(t, { world: { routingProfiles }, isDeployed });

  assert.partialDeepStrictEqual(findingsOf('nobody-takes-tasks'), [
    {
      severity: 'warning',
      what: 'No agent takes tasks of the queue "Billing" (fallbackQueueArn): the routing profiles that do have no agents.',
    },
  ]);
});

test('where voicemails are mailed, nobody need take tasks', async (t) => {
  const routingProfiles = everybodyHas({ concurrency: { TASK: 0 } });

  const { found } = await diagnose(t, {
    world: { routingProfiles },
    config: { deliveryMode: 'email' },
    isDeployed,
  });

  assert.ok(!found.some((id) => /tasks/.test(id)), found.join(', '));
});

test('a test agent who is gone is found', async (t) => {
  const others = users.filter(({ id }) => !sample.flows?.testAgentArn?.endsWith(id));

  const { findingsOf } = await diagnose(t, { world: { users: others }, isDeployed });

  assert.partialDeepStrictEqual(findingsOf('test-agent-gone'), [
    { severity: 'warning', certainty: 'certain' },
  ]);
  assert.match(
    findingsOf('test-agent-gone')[0]?.what ?? '',
    /is not there: the instance has no user d4d4d4d4-/,
  );
});

test('a language that Amazon Transcribe is not known to have is likely a mistake', async (t) => {
  const { findingsOf } = await diagnose(t, { config: { defaultLanguage: 'en-UK' }, isDeployed });

  const [finding, ...others] = findingsOf('language-not-transcribed');
  assert.deepEqual(others, []);
  assert.partialDeepStrictEqual(finding, { severity: 'warning', certainty: 'likely' });
  assert.match(finding?.what ?? '', /^defaultLanguage: .*en-UK/);
});

test('that tasks end after a week is a note where recordings are kept for longer', async (t) => {
  const week = await diagnose(t);
  const month = await diagnose(t, { config: { taskDays: 7 } });
  const before = await diagnose(t, { config: { taskDays: 7 }, isDeployed });

  assert.deepEqual(week.findingsOf('tasks-end-early'), []);
  assert.deepEqual(before.findingsOf('tasks-end-early'), []);
  assert.partialDeepStrictEqual(month.findingsOf('tasks-end-early'), [
    {
      severity: 'note',
      what: 'A task ends after 7 days, taken or not, and its recording can be played for 30.',
    },
  ]);
});

const instanceOf = (arn: string) => arn.replace('00000000aaaa', '00000000bbbb');

test('an instance that is not there is reported once, without what would be in it', async (t) => {
  const config = {
    instanceArn: instanceOf(sample.instanceArn),
    fallbackQueueArn: instanceOf(sample.fallbackQueueArn),
  };

  const { outcomes, findingsOf } = await diagnose(t, { config, isDeployed });

  const ofLanes = outcomes.filter(({ check }) => /^(agents and routing|flows)$/.test(check.lane));
  const said = ofLanes.flatMap((one) =>
    one.kind === 'looked' && one.findings.length === 0 ? [] : [one.check.id],
  );
  assert.deepEqual(said, []);
  assert.equal(findingsOf('instance-not-usable').length, 1);
});

test('who may not look at routing profiles learns that, and learns the rest', async (t) => {
  const statements = [
    { Effect: 'Allow' as const, Action: '*', Resource: '*' },
    { Effect: 'Deny' as const, Action: 'connect:SearchRoutingProfiles', Resource: '*' },
  ];
  const administrator = { arn: 'arn:aws:iam::111122223333:user/auditor', statements };

  const { cannotTell, findingsOf, text } = await diagnose(t, {
    world: { queues: [{ ...billing, status: 'DISABLED' }, support] },
    state: { administrator },
    isDeployed,
  });

  assert.equal(cannotTell['nobody-takes-tasks-of-flows'], undefined);
  const why = 'connect:SearchRoutingProfiles is not allowed';
  assert.partialDeepStrictEqual(cannotTell, { 'nobody-takes-tasks': why, 'agents-without-tasks': why });
  assert.equal(findingsOf('queue-unusable').length, 1);
  assert.match(
    text,
    /cannot tell whether every agent takes tasks: connect:SearchRoutingProfiles is not allowed/,
  );
});
