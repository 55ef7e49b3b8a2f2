import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configuredWorld } from '../../laptop/configured-world.ts';
import { AwsError } from '../../simulator/service.ts';
import { ALWAYS_OPEN } from '../../simulator/services/connect/routing/hours.ts';
import type { Task } from '../../simulator/services/connect/contacts/task.ts';
import { BILLING_ARN, CALLER, spokenNoise, startLaptop } from './laptop.ts';
import { ledgerEntry } from './ledger-entry.ts';

const BERLIN = { ...ALWAYS_OPEN, id: '40404040-0000-4000-8000-000000000002', timeZone: 'Europe/Berlin' };
const WORLD = worldWithBerlin();
const SUPPORT_ARN = `${WORLD.instanceArn}/queue/${WORLD.queues[1]?.id}`;
const ANA = WORLD.users[0];
const ANAS_ARN = `${WORLD.instanceArn}/queue/agent/${ANA?.id}`;
const GONE = '00000000-0000-4000-8000-000000000000';
const NO_QUEUE = 'This message was left for no queue in particular.';
const NOT_KNOWN = 'This message was left for a queue that is not known here.';
const WHOLE_QUEUE = 'so this message is for the whole queue.';

type Attributes = Readonly<Record<string, string | undefined>>;

let areNamesHidden = false;
const laptop = await startLaptop({
  world: WORLD,
  interfere({ operation }) {
    if (!areNamesHidden || !['DescribeUser', 'DescribeQueue'].includes(operation)) return undefined;
    return new AwsError('AccessDeniedException', 403, `not authorized to perform: connect:${operation}`);
  },
});

// First of all, while no other task rings at the agents.
test('a preferred agent is offered the task alone for five minutes, then anybody is', async () => {
  const { simulator, happenings, until } = laptop;
  const offers = () =>
    happenings.flatMap((one) => (one.kind === 'agent' && one.did === 'offered' ? [one] : []));
  simulator.connect.agent('ben.okafor').become('Available');
  simulator.connect.agent('ana.ruiz').become('Available');

  const task = await delivered({
    vmx3_queue_arn: SUPPORT_ARN,
    vmx3_target: 'agent',
    vmx3_preferred_agent: 'ana.ruiz',
  });
  const ofTask = () => offers().filter(({ contactId }) => contactId === task.contactId);
  await until('the next agent to be offered it', () => ofTask().length > 1);

  assert.deepEqual(
    ofTask().map(({ username }) => username),
    ['ana.ruiz', 'ben.okafor'],
  );
  const [first, second] = ofTask();
  assert.ok(first && second && second.atMs - first.atMs >= 299_000);
  assert.equal(task.name, 'Voicemail from +1 555 555 0142 for Ana Ruiz (Support)');
  assert.equal(task.description, 'please call me back');
});

const FALLBACKS: readonly (readonly [what: string, attributes: Attributes, note: string])[] = [
  ['is missing', { vmx3_queue_arn: undefined }, NO_QUEUE],
  ['is empty', { vmx3_queue_arn: ' ' }, NO_QUEUE],
  ['is misspelled', { vmx3_queue_arn: 'Billing' }, NOT_KNOWN],
  ['is of another instance', { vmx3_queue_arn: SUPPORT_ARN.replace('aaaa', 'bbbb') }, NOT_KNOWN],
  [
    'is of a queue that was deleted',
    { vmx3_queue_arn: `${WORLD.instanceArn}/queue/${GONE}` },
    'This message was left for a queue that no longer exists.',
  ],
  [
    'is of an agent who was deleted',
    { vmx3_queue_arn: `${WORLD.instanceArn}/queue/agent/${GONE}` },
    'This message was left for an agent that no longer exists.',
  ],
];

for (const [what, attributes, note] of FALLBACKS) {
  test(`a voicemail whose vmx3_queue_arn ${what} reaches the fallback queue, with a note`, async () => {
    const task = await delivered(attributes);

    assert.equal(task.queueArn, BILLING_ARN);
    assert.equal(task.description, `${note}\nplease call me back`);
  });
}

test('a voicemail in a mode that is not enabled comes as a guided task, which says so', async () => {
  const withoutEmail = await startLaptop({ templatePatch: withoutEmailSettings });
  const { description } = await delivered({ vmx3_mode: 'email' }, withoutEmail);

  assert.equal(
    description,
    'Delivery by email is not set up, so this is a guided task.\nplease call me back',
  );
});

test('the voicemail for an unknown preferred agent goes to the queue, with a note', async () => {
  const task = await delivered({ vmx3_target: 'agent', vmx3_preferred_agent: 'ana.ruz' });

  assert.equal(task.queueArn, BILLING_ARN);
  assert.match(task.description, new RegExp(`^The agent "ana\\.ruz" is not known here, ${WHOLE_QUEUE}`));
  assert.equal(task.attributes['vmx3_target'], 'queue');
});

test('a task has the time of the call in the zone of its queue, or in the configured one', async () => {
  const inBerlin = await delivered({ vmx3_queue_arn: SUPPORT_ARN });
  const anas = await delivered({ vmx3_queue_arn: ANAS_ARN });

  assert.match(inBerlin.references['Received']?.value ?? '', / [AP]M, UTC\+[12] \(Europe\/Berlin\)$/);
  assert.match(anas.references['Received']?.value ?? '', / [AP]M (?:EST, UTC−5|EDT, UTC−4)$/);
  assert.equal(anas.name, 'Voicemail from +1 555 555 0142 for Ana Ruiz');
});

test('a voicemail whose attributes are all empty goes to the fallback queue, in the configured mode', async () => {
  const names =
    'vmx3_from vmx3_queue_arn vmx3_lang vmx3_mode vmx3_task_flow vmx3_guided_task_flow vmx3_target ' +
    'vmx3_preferred_agent vmx3_timestamp email_to email_from email_reply_to email_template';

  const task = await delivered(Object.fromEntries(names.split(' ').map((name) => [name, ''])));

  assert.equal(task.queueArn, BILLING_ARN);
  assert.equal(task.name, 'Voicemail from +1 555 555 0142 for Billing');
  assert.equal(task.description, `${NO_QUEUE}\nplease call me back`);
  assert.equal(task.references['Call back']?.value, CALLER);
  await laptop.settled(task.relatedContactId ?? '');
  const { deliveredAs } = await ledgerEntry(laptop.simulator, task.relatedContactId ?? '');
  assert.equal(deliveredAs, 'guided_task');
});

test('an agent whose name cannot be read is still the only one who gets the message', async () => {
  // The cached name of Ana expires after ten minutes.
  await laptop.simulator.clock.sleep(600_000);
  areNamesHidden = true;
  const task = await delivered({ vmx3_queue_arn: ANAS_ARN });

  assert.equal(task.queueArn, ANAS_ARN);
  assert.match(task.description, /^The name of the agent could not be read\. Please tell an administrator\./);
});

test('a queue that cannot be read still gets the message, with a note', async () => {
  // While it is still hidden from the test before.
  const task = await delivered({ vmx3_queue_arn: SUPPORT_ARN });

  assert.equal(task.queueArn, SUPPORT_ARN);
  assert.equal(
    task.description,
    'The name of the queue could not be read. Please tell an administrator.\nplease call me back',
  );
});

test('each start of the delivery logs once which time zone data it uses', () => {
  const said = laptop.happenings.flatMap((one) =>
    one.kind === 'log' && one.line.includes('"message":"time zone data"') ? [one] : [],
  );
  const deliveries = new Set(said.map(({ functionId }) => functionId));
  const coldStarts = laptop.happenings.filter(
    (one) => one.kind === 'invocation' && one.cold && deliveries.has(one.functionId),
  );

  assert.equal(deliveries.size, 1);
  assert.equal(said.length, coldStarts.length);
  for (const { line } of said)
    assert.partialDeepStrictEqual(JSON.parse(line), {
      timeZone: 'America/New_York',
      timeZoneData: process.versions['tz'],
    });
});

test('none of them was parked', () => {
  assert.deepEqual(
    laptop.happenings.filter(({ kind }) => kind === 'dead-letter'),
    [],
  );
});

async function delivered(
  attributes: Attributes,
  { simulator, taskOf }: Pick<typeof laptop, 'simulator' | 'taskOf'> = laptop,
): Promise<Task> {
  const { contactId } = simulator.connect.placeCall({
    from: CALLER,
    queueArn: BILLING_ARN,
    audio: spokenNoise(1.2),
    attributes,
  });
  return taskOf(contactId);
}

/** The stack without `email` in the settings. */
function withoutEmailSettings(template: unknown): unknown {
  return JSON.parse(
    JSON.stringify(template, (name, value: unknown) => (name.startsWith('EMAIL_') ? undefined : value)),
  );
}

function worldWithBerlin() {
  const world = configuredWorld();
  const [billing, support] = world.queues;
  assert.ok(billing && support);
  const berlin = { ...support, hoursOfOperationId: BERLIN.id };
  const newYork = {
    ...ALWAYS_OPEN,
    id: '40404040-0000-4000-8000-000000000003',
    timeZone: 'America/New_York',
  };
  return {
    ...world,
    hoursOfOperation: [BERLIN, newYork],
    queues: [{ ...billing, hoursOfOperationId: newYork.id }, berlin],
  };
}
