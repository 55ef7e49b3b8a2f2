import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BILLING_ARN, INSTANCE_ARN } from '../../test/contact-record.ts';
import { voicemailOf } from '../../test/voicemails.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { findRecipient, type FindRecipientPorts } from './find-recipient.ts';

const FALLBACK_ARN = `${INSTANCE_ARN}/queue/fallback`;
const ANAS_ARN = `${INSTANCE_ARN}/queue/agent/ana-id`;
const refused = (): Promise<never> => Promise.reject(new PermanentError('REFUSED', 'no'));
const unavailable = (): Promise<never> => Promise.reject(new RetryableError('UNAVAILABLE', 'later'));
const unreadable = (what: string) =>
  `The name of the ${what} could not be read. Please tell an administrator.`;
const BILLING = { queueArn: BILLING_ARN, name: 'Billing', preferredAgent: undefined };
const PREFERRED = { userId: 'ana-id', name: 'Ana Ruiz' };

test('a voicemail is for the queue or the agent it was left for, in the time of either', async () => {
  assert.deepEqual(await find({ queueArn: BILLING_ARN }), {
    recipient: BILLING,
    timeZone: 'America/New_York',
    notes: [],
  });
  assert.deepEqual(await find({ queueArn: ANAS_ARN }), {
    recipient: { queueArn: ANAS_ARN, name: 'Ana Ruiz' },
    timeZone: 'UTC',
    notes: [],
  });
});

test('a queue that is missing, misspelled, of another instance or gone becomes the fallback queue, with a note', async () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'This message was left for no queue in particular.'],
    ['', 'This message was left for no queue in particular.'],
    ['Billing', 'This message was left for a queue that is not known here.'],
    [`${BILLING_ARN} `, 'This message was left for a queue that is not known here.'],
    [BILLING_ARN.replace('aaaa', 'bbbb'), 'This message was left for a queue that is not known here.'],
    [`${INSTANCE_ARN}/queue/gone`, 'This message was left for a queue that no longer exists.'],
    [`${INSTANCE_ARN}/queue/agent/gone`, 'This message was left for an agent that no longer exists.'],
  ];

  for (const [queueArn, note] of cases) {
    const { recipient, timeZone, notes } = await find({ queueArn });

    assert.deepEqual([recipient.queueArn, recipient.name], [FALLBACK_ARN, 'Reception']);
    assert.equal(timeZone, 'Europe/Berlin');
    assert.deepEqual(notes, [note]);
  }
});

test('if an agent’s name must not be read, the message is still not shown to a whole queue', async () => {
  const agent = await find({ queueArn: ANAS_ARN }, { findAgent: refused });
  const queue = await find({ queueArn: BILLING_ARN }, { findQueue: refused });

  assert.deepEqual([agent.recipient.queueArn, agent.notes], [ANAS_ARN, [unreadable('agent')]]);
  assert.deepEqual([queue.recipient.queueArn, queue.notes], [BILLING_ARN, [unreadable('queue')]]);
  assert.equal(queue.timeZone, 'UTC');
});

test('a queue whose time zone could not be read has the configured one', async () => {
  const { timeZone } = await find(
    { queueArn: BILLING_ARN },
    { findQueue: async () => ({ name: 'Billing' }) },
  );

  assert.equal(timeZone, 'UTC');
});

test('temporary errors are thrown', async () => {
  await assert.rejects(find({ queueArn: BILLING_ARN }, { findQueue: unavailable }), RetryableError);
  await assert.rejects(find(preferring('ana.ruiz'), { findAgentNamed: unavailable }), RetryableError);
});

test('if even the fallback queue does not exist, it fails, because nobody would see the task', async () => {
  await assert.rejects(find({ queueArn: undefined }, { findQueue: async () => undefined }), PermanentError);
});

test('an agent who is named is asked before the rest of the queue', async () => {
  for (const target of ['agent', '', undefined]) {
    const { recipient, notes } = await find(preferring(' ana.ruiz ', target));

    assert.deepEqual(recipient, { ...BILLING, preferredAgent: PREFERRED });
    assert.deepEqual(notes, []);
  }
});

test('an agent is not preferred if the target is a queue, or the queue is an agent’s own', async () => {
  const queue = await find(preferring('ana.ruiz', 'queue'));
  const own = await find({ ...preferring('ben.okafor', 'agent'), queueArn: ANAS_ARN });

  assert.deepEqual([queue.recipient, queue.notes], [BILLING, []]);
  assert.deepEqual([own.recipient, own.notes], [{ queueArn: ANAS_ARN, name: 'Ana Ruiz' }, []]);
});

test('if a preferred agent is not available, the queue gets it, with a note', async () => {
  const rest = 'so this message is for the whole queue.';
  const unknown = await find(preferring('ana.ruz', 'agent'));
  const hidden = await find(preferring('ana.ruiz'), { findAgentNamed: refused });
  const unnamed = await find(preferring('', 'agent'));

  for (const { recipient } of [unknown, hidden, unnamed]) assert.deepEqual(recipient, BILLING);
  assert.deepEqual(unknown.notes, [`The agent "ana.ruz" is not known here, ${rest}`]);
  assert.deepEqual(hidden.notes, [`The agent "ana.ruiz" could not be looked up, ${rest}`]);
  assert.deepEqual(unnamed.notes, [
    'This message was left for an agent, but none was named, so it is for the whole queue.',
  ]);
});

test('an unknown target counts as absent, with a note', async () => {
  const named = await find(preferring('ana.ruiz', 'Agnet'));
  const unnamed = await find(preferring('', 'Agnet'));

  assert.deepEqual(named.recipient.preferredAgent, PREFERRED);
  assert.deepEqual(unnamed.recipient, BILLING);
  for (const { notes } of [named, unnamed]) assert.deepEqual(notes, ['The target "Agnet" is not known.']);
});

test('the fallback queue has its preferred agent too', async () => {
  const { recipient } = await find({ ...preferring('ana.ruiz'), queueArn: 'misspelled' });

  assert.deepEqual(recipient, { queueArn: FALLBACK_ARN, name: 'Reception', preferredAgent: PREFERRED });
});

function preferring(username: string, target?: string) {
  return {
    attributes: { vmx3_preferred_agent: username, ...(target !== undefined && { vmx3_target: target }) },
  };
}

function find(voicemail: Parameters<typeof voicemailOf>[0], changes: Partial<FindRecipientPorts> = {}) {
  return findRecipient(voicemailOf(voicemail), {
    async findQueue(queueId) {
      if (queueId === 'gone') return undefined;
      if (queueId === 'fallback') return { name: 'Reception', timeZone: 'Europe/Berlin' };
      return { name: 'Billing', timeZone: 'America/New_York' };
    },
    async findAgent(userId) {
      return userId === 'ana-id' ? PREFERRED : undefined;
    },
    async findAgentNamed(username) {
      return username === 'ana.ruiz' ? PREFERRED : undefined;
    },
    instanceArn: INSTANCE_ARN,
    fallbackQueueArn: FALLBACK_ARN,
    timeZone: 'UTC',
    setback() {},
    ...changes,
  });
}
