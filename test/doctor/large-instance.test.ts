import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseFlow } from '../../flows/language/document.ts';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { diagnose } from './diagnose.ts';

const { queues, users } = configuredWorld();
const HANG_UP = parseFlow(
  JSON.stringify({
    Version: '2019-10-30',
    StartAction: 'end',
    Actions: [{ Identifier: 'end', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
  }),
);

function many<Thing>(count: number, make: (index: number, id: string) => Thing): readonly Thing[] {
  return Array.from({ length: count }, (_, index) =>
    make(index, `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
  );
}

const profileId = (index: number) => `e0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** 2,000 agents in 100 routing profiles of 50 queues each, 500 queues, 300 flows, 40 numbers. */
function largeWorld() {
  const allQueues = [
    ...queues,
    ...many(498, (index, id) => ({ id: id.replace(/^0/, 'b'), name: `Queue ${index}` })),
  ];
  const [fallback, ...others] = allQueues.map(({ id }) => id);
  return {
    queues: allQueues,
    // The queue that is looked for is the last one of the last profile.
    routingProfiles: many(100, (index) => ({
      id: profileId(index),
      name: `Profile ${index}`,
      queues: [
        ...others.slice(0, 49).map((queueId) => ({ queueId, channels: ['VOICE', 'TASK'] as const })),
        {
          queueId: fallback ?? '',
          channels: index === 99 ? (['VOICE', 'TASK'] as const) : (['VOICE'] as const),
        },
      ],
    })),
    users: [
      ...users,
      ...many(1997, (index, id) => ({
        id: id.replace(/^0/, 'd'),
        username: `agent.${index}`,
        routingProfileId: profileId(index % 100),
      })),
    ],
    flows: many(300, (index, id) => ({
      id: id.replace(/^0/, '9'),
      name: `Flow ${index}`,
      type: 'CONTACT_FLOW' as const,
      document: HANG_UP,
    })),
    claimedNumbers: many(40, (index) => ({ number: `+1555555${1000 + index}`, flow: `Flow ${index}` })),
    associatedFunctions: many(50, (index) => `arn:aws:lambda:us-east-1:111122223333:function:f${index}`),
  };
}

test('a large instance is looked at with few calls, and what was left out is said', async (t) => {
  const calls = new Map<string, number>();

  const { findingsOf, cannotTell } = await diagnose(t, {
    world: largeWorld(),
    prepare: ({ happenings }) =>
      happenings.listen((one) => {
        if (one.kind !== 'api-call' || one.service !== 'connect') return;
        calls.set(one.operation, (calls.get(one.operation) ?? 0) + 1);
      }),
  });

  assert.deepEqual(cannotTell, {});
  // Two a second of each: less than half a minute in all, because they run beside each other.
  const { DescribeContactFlow, ListRoutingProfileQueues, ...others } = Object.fromEntries(calls);
  assert.deepEqual([DescribeContactFlow, ListRoutingProfileQueues], [50, 40]);
  assert.ok(
    Object.values(others).every((count) => count < 20),
    JSON.stringify(others),
  );
  const [untold] = findingsOf('nobody-takes-tasks');
  assert.partialDeepStrictEqual(untold, { severity: 'warning', certainty: 'likely' });
  assert.match(untold?.what ?? '', /among those that were looked at; 61 with it were not\.$/);
  assert.partialDeepStrictEqual(findingsOf('flow-breaks-voicemail'), [
    {
      severity: 'note',
      what: '51 flows were read, and 260 were not: Amazon Connect answers two calls a second.',
    },
  ]);
  const [unread] = findingsOf('no-number-leads-to-voicemail');
  assert.equal(unread?.certainty, 'likely');
  assert.match(unread.evidence[1]?.saw ?? '', /, 260 left out$/);
});
