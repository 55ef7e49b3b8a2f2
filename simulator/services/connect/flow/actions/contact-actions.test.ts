import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newContact } from '../../contacts/contact.ts';
import { branchOf } from '../branch.fixture.ts';
import { ANA_ID, BILLING_ARN, flowOf, type TestCenter, testCenter } from '../flow.fixture.ts';

const write = (attributes: Readonly<Record<string, unknown>>, target = 'Current') => ({
  does: 'UpdateContactAttributes',
  with: { Attributes: attributes, TargetContact: target },
});

test('attributes are written with references resolved, in keys too', async (t) => {
  const { branch, contact } = await branchOf(t, write({ a: 1, 'of_$.Channel': '$.ContactId!' }));

  assert.equal(branch, 'next');
  assert.deepEqual(
    [...contact.attributes],
    [
      ['a', '1'],
      ['of_VOICE', 'c0ffee00-0000-4000-8000-0000000000c1!'],
    ],
  );
});

test('attributes that are too large together, or have invalid names, are not written at all', async (t) => {
  for (const bad of [{ big: 'x'.repeat(32_769) }, { 'a.b': '1' }, { '': '1' }]) {
    const { branch, contact } = await branchOf(t, write({ good: '1', ...bad }));

    assert.equal(branch, 'NoMatchingError');
    assert.deepEqual([...contact.attributes], []);
  }
});

test('a related contact has attributes of its own, and a flow can write them if there is such a contact', async (t) => {
  const call = newContact({ id: 'call', channel: 'VOICE', initiationMethod: 'INBOUND', initiatedAtMs: 0 });

  const related = await branchOf(t, write({ a: '1' }, 'Related'), {
    contact: { relatedContactId: 'call' },
    prepare: ({ parts }) => parts.contacts.add(call),
  });
  const alone = await branchOf(t, write({ a: '1' }, 'Related'));

  assert.equal(related.branch, 'next');
  assert.equal(call.attributes.get('a'), '1');
  assert.equal(related.contact.attributes.get('a'), undefined);
  assert.equal(alone.branch, 'NoMatchingError');
});

test('name, description, language, customer, references and segment attributes can be changed', async (t) => {
  const update = {
    does: 'UpdateContactData',
    with: {
      Name: 'Call of $.CustomerEndpoint.Address',
      Description: 'New',
      LanguageCode: 'es-US',
      CustomerId: '42',
      References: { site: { Type: 'URL', Value: 'https://example.com' } },
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Other' } },
    },
  };

  const { branch, contact } = await branchOf(t, update);

  assert.equal(branch, 'next');
  assert.equal(contact.name, 'Call of +15555550142');
  assert.equal(contact.description, 'New');
  assert.equal(contact.settings.languageCode, 'es-US');
  assert.equal(contact.customerId, '42');
  assert.deepEqual(contact.references, { site: { type: 'URL', value: 'https://example.com' } });
  assert.deepEqual(contact.segmentAttributes, { 'connect:Subtype': { ValueString: 'connect:Other' } });
});

test('an empty language is an error', async (t) => {
  const { branch } = await branchOf(t, {
    does: 'UpdateContactData',
    with: { LanguageCode: '$.Attributes.nobody' },
  });

  assert.equal(branch, 'NoMatchingError');
});

test('the target queue is a queue or an agent, by id or by ARN', async (t) => {
  const agentQueueArn = BILLING_ARN.replace(/queue\/.*/, `queue/agent/${ANA_ID}`);
  const target = async (given: Readonly<Record<string, string>>) => {
    const { branch, contact } = await branchOf(t, { does: 'UpdateContactTargetQueue', with: given });
    return { branch, arn: contact.settings.targetQueue?.arn };
  };

  assert.deepEqual(await target({ QueueId: BILLING_ARN }), { branch: 'next', arn: BILLING_ARN });
  assert.equal((await target({ QueueId: BILLING_ARN.replace(/^.*\//, '') })).arn, BILLING_ARN);
  assert.equal((await target({ QueueId: agentQueueArn })).arn, agentQueueArn);
  assert.equal((await target({ AgentId: ANA_ID })).arn, agentQueueArn);
  assert.equal(
    (await target({ AgentId: BILLING_ARN.replace(/queue\/.*/, `agent/${ANA_ID}`) })).arn,
    agentQueueArn,
  );
});

test('an unknown queue is an error, and the target stays as it was', async (t) => {
  for (const QueueId of ['nobody', '$.Attributes.nobody', `${BILLING_ARN}0`]) {
    const { branch, contact } = await branchOf(t, { does: 'UpdateContactTargetQueue', with: { QueueId } });

    assert.equal(branch, 'NoMatchingError');
    assert.equal(contact.settings.targetQueue, undefined);
  }
});

test('a contact goes into its target queue, and its flow ends', async (t) => {
  const { contact, run } = testCenter(t);

  const end = await run(
    flowOf({
      set: { does: 'UpdateContactTargetQueue', with: { QueueId: BILLING_ARN }, next: 'go' },
      go: { does: 'TransferContactToQueue', next: 'bye' },
      bye: { does: 'DisconnectParticipant' },
    }),
  );

  assert.deepEqual(end, { kind: 'queued' });
  assert.equal(contact.endedAtMs, undefined);
});

const targetsBilling = ({ contact }: TestCenter) =>
  void (contact.settings.targetQueue = { arn: BILLING_ARN, id: 'b1' });

test('a full queue and a missing queue have branches', async (t) => {
  const go = { does: 'TransferContactToQueue' };

  assert.equal(
    (await branchOf(t, go, { prepare: targetsBilling, queue: 'at-capacity' })).branch,
    'QueueAtCapacity',
  );
  assert.equal((await branchOf(t, go)).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, go, { type: 'CUSTOMER_QUEUE' })).branch, 'NoMatchingError');
});

test('a contact moves from one queue into another', async (t) => {
  const move = { does: 'DequeueContactAndTransferToQueue', with: { QueueId: BILLING_ARN } };
  const type = 'CUSTOMER_QUEUE';

  const moved = await branchOf(t, move, { type });

  assert.equal(moved.branch, undefined);
  assert.deepEqual(moved.moved, [BILLING_ARN]);
  assert.equal((await branchOf(t, move, { type, queue: 'at-capacity' })).branch, 'QueueAtCapacity');
  assert.equal((await branchOf(t, { ...move, with: { AgentId: 'x' } }, { type })).branch, 'NoMatchingError');
  assert.equal((await branchOf(t, move)).branch, 'NoMatchingError');
});

const hook = (flow: string) => ({
  does: 'UpdateContactEventHooks',
  with: { EventHooks: { DefaultAgentUI: flow } },
});

test('with strictness a flow of a wrong type for its hook, and an unknown hook, fail the flow', async (t) => {
  const inbound = flowOf({ bye: { does: 'DisconnectParticipant' } }, { id: 'inbound', name: 'Main' });
  const messages = ['AgentWhisper', 'Nonsense'].map(async (event) => {
    const { run } = testCenter(t, { isStrict: true });
    const action = { does: 'UpdateContactEventHooks', with: { EventHooks: { [event]: 'inbound' } } };
    const end = await run(flowOf({ hook: action }), { others: [inbound] });
    return end.kind === 'failed' ? end.error.message : end.kind;
  });

  const [wrongType = '', noHook = ''] = await Promise.all(messages);

  assert.match(wrongType, /Main is CONTACT_FLOW, and the hook AgentWhisper is for AGENT_WHISPER/);
  assert.match(noHook, /there is no hook Nonsense; there are AgentHold/);
});

test('a hook remembers a flow of the instance', async (t) => {
  const others = [flowOf({ bye: { does: 'DisconnectParticipant' } }, { id: 'guide' })];

  const known = await branchOf(t, hook('$.Attributes.guide'), {
    others,
    contact: { attributes: new Map([['guide', 'guide']]) },
  });
  const unknown = await branchOf(t, hook('nobody'));

  assert.equal(known.branch, 'next');
  assert.deepEqual([...known.contact.settings.eventHooks], [['DefaultAgentUI', 'guide']]);
  assert.equal(unknown.branch, 'NoMatchingError');
});

test('voice, priority and place in the queue are kept with the contact', async (t) => {
  const { contact, run } = testCenter(t);

  await run(
    flowOf({
      voice: { does: 'UpdateContactTextToSpeechVoice', with: { TextToSpeechVoice: 'Lupe' }, next: 'first' },
      first: { does: 'UpdateContactRoutingBehavior', with: { QueuePriority: '1' }, next: 'sooner' },
      sooner: { does: 'UpdateContactRoutingBehavior', with: { QueueTimeAdjustmentSeconds: 300 } },
    }),
  );

  assert.equal(contact.settings.voiceId, 'Lupe');
  assert.equal(contact.settings.queuePriority, 1);
  assert.equal(contact.settings.queueTimeAdjustmentMs, 300_000);
});

const criteria = (agentId: string) => ({
  does: 'UpdateContactRoutingCriteria',
  with: {
    RoutingCriteria: {
      Steps: [
        {
          Expression: {
            AttributeCondition: {
              ComparisonOperator: 'Match',
              MatchCriteria: { AgentsCriteria: { AgentIds: [agentId] } },
            },
          },
          Expiry: { DurationInSeconds: '300' },
        },
      ],
    },
  },
});

test('a contact can wait for certain agents first', async (t) => {
  const known = await branchOf(t, criteria(ANA_ID));
  const unknown = await branchOf(t, criteria('$.Attributes.nobody'));

  assert.deepEqual(known.contact.settings.routingSteps, [{ agentIds: [ANA_ID], forMs: 300_000 }]);
  assert.equal(unknown.branch, 'NoMatchingError');
});

const FRENCH = {
  Name: 'Language',
  Value: 'French',
  ProficiencyLevel: 3,
  ComparisonOperator: 'NumberGreaterOrEqualTo',
};

test('a contact can wait for agents with proficiencies first', async (t) => {
  const billing = { ...FRENCH, Name: 'Topic', Value: '$.Attributes.topic', ProficiencyLevel: '2' };
  const { branch, contact } = await branchOf(
    t,
    {
      does: 'UpdateContactRoutingCriteria',
      with: {
        RoutingCriteria: {
          Steps: [
            {
              Expression: {
                AndExpression: [{ AttributeCondition: FRENCH }, { AttributeCondition: billing }],
              },
              Expiry: { DurationInSeconds: 30 },
            },
            { Expression: { AttributeCondition: FRENCH } },
          ],
        },
      },
    },
    { contact: { attributes: new Map([['topic', 'Billing']]) } },
  );
  const french = { name: 'Language', value: 'French', level: 3 };

  assert.equal(branch, 'next');
  assert.deepEqual(contact.settings.routingSteps, [
    { proficiencies: [french, { name: 'Topic', value: 'Billing', level: 2 }], forMs: 30_000 },
    { proficiencies: [french], forMs: Infinity },
  ]);
});

test('the number to call back must be a phone number', async (t) => {
  const note = { does: 'UpdateContactCallbackNumber', with: { CallbackNumber: '$.Attributes.number' } };
  const noted = (number: string) =>
    branchOf(t, note, { contact: { attributes: new Map([['number', number]]) } });

  const good = await noted('+12065550142');

  assert.equal(good.branch, 'next');
  assert.equal(good.contact.settings.callbackNumber, '+12065550142');
  assert.equal((await noted('Timeout')).branch, 'InvalidCallbackNumber');
});

test('tags are added and removed, six at most', async (t) => {
  const seven = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((key) => [key, 'x']));
  const { contact, run } = testCenter(t);

  await run(
    flowOf({
      tag: { does: 'TagContact', with: { Tags: { function: 'voicemail', old: '1' } }, next: 'untag' },
      untag: { does: 'UnTagContact', with: { TagKeys: ['old', 'never'] } },
    }),
  );
  const tooMany = await branchOf(t, { does: 'TagContact', with: { Tags: seven } });

  assert.deepEqual([...contact.tags], [['function', 'voicemail']]);
  assert.equal(tooMany.branch, 'NoMatchingError');
  assert.equal(tooMany.contact.tags.size, 0);
});
