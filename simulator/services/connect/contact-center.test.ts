import { laptopWorld } from './sample-world.ts';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { parseFlow } from '../../../flows/language/document.ts';
import { createClock } from '../../clock.ts';
import { createHappenings, type Happening } from '../../happenings.ts';
import { createContactCenter } from './contact-center.ts';
import { type Contact, newContact } from './contacts/contact.ts';
import { createContacts } from './contacts/contacts.ts';
import type { Voice } from './voice/voice.ts';

const WORLD = laptopWorld();
const TASK_FLOW = '9a9a9a9a-0000-4000-8000-00000000f902';
const BILLING_ARN = `${WORLD.instanceArn}/queue/b1b1b1b1-0000-4000-8000-00000000b001`;

test('a task runs through its flow to an agent, whose guide shows the view with data of its flow', async (t) => {
  const { center, contacts, add, ana, runs, until, happened } = office(t);
  add('guide flow', 'CONTACT_FLOW', [
    ['show', 'ShowView', { ViewResource: { Id: 'voicemail' }, ViewData: { who: '$.Attributes.caller' } }],
    ['end', 'DisconnectParticipant', {}],
  ]);
  add('guided task', 'CONTACT_FLOW', [
    ['hook', 'UpdateContactEventHooks', { EventHooks: { DefaultAgentUI: 'guide flow' } }],
    ['go on', 'TransferToFlow', { ContactFlowId: TASK_FLOW }],
  ]);
  center.views.add({
    id: 'voicemail',
    arn: '',
    name: 'Voicemail',
    content: { Body: ['$.who'] },
    actions: ['Close'],
  });
  const rendered: unknown[] = [];
  happened((one) => {
    if (one.kind === 'agent' && one.did === 'offered') void ana.accept(one.contactId);
    if (one.kind !== 'guide') return;
    const guide = ana.guide(one.sourceContactId);
    rendered.push(guide?.rendered);
    guide?.act('Close');
  });
  ana.become('Available');
  const task = newContact({
    id: 'task',
    channel: 'TASK',
    initiationMethod: 'API',
    initiatedAtMs: 0,
    attributes: new Map([
      ['caller', '+15555550142'],
      ['vmx3_queue_arn', BILLING_ARN],
    ]),
  });
  contacts.add(task);

  const end = await runs('guided task', task);
  await until((one) => one.kind === 'contact-record' && one.channel === 'CHAT');
  ana.finish('task');

  assert.equal(end.kind, 'queued');
  assert.deepEqual(rendered, [{ Body: ['+15555550142'] }]);
  assert.equal(task.agent?.user.username, 'ana.ruiz');
  assert.equal(task.disconnectReason, 'AGENT_DISCONNECT');
});

test('a caller hears the queue flow until the whispers and the agent', async (t) => {
  const { add, contacts, runs, heard, ana, clock, center, until } = office(t);
  add('entry', 'CONTACT_FLOW', [
    ['where', 'UpdateContactTargetQueue', { QueueId: BILLING_ARN }],
    ['hook', 'UpdateContactEventHooks', { EventHooks: { AgentWhisper: 'whisper' } }],
    ['wait', 'TransferContactToQueue', {}],
  ]);
  add('whisper', 'AGENT_WHISPER', [
    ['flag', 'UpdateContactAttributes', { Attributes: { vmx3_flag: '0', agent: '$.Agent.UserName' } }],
    ['say', 'MessageParticipant', { Text: 'A call from $.Queue.Name' }],
  ]);
  const call = newContact({
    id: 'call',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    initiatedAtMs: clock.now(),
    attributes: new Map([['vmx3_flag', '1']]),
  });
  contacts.add(call);

  await runs('entry', call);
  await clock.sleep(30_000);
  assert.equal(center.routing.metrics(BILLING_ARN, 'VOICE')?.contactsInQueue, 1);
  assert.ok(heard.length >= 4);
  ana.become('Available');
  await ana.accept('call');
  heard.splice(0, heard.indexOf('(beep)'));

  assert.deepEqual(heard, ['(beep)', '(agent)']);
  assert.deepEqual(Object.fromEntries(call.attributes), { vmx3_flag: '0', agent: 'ana.ruiz' });
  contacts.end(call, 'CUSTOMER_DISCONNECT');
  await until((one) => one.kind === 'contact-record');
  assert.deepEqual(ana.inHand(), []);
});

test('a callback is offered after its delay, and retried until its caller answers or no attempt is left', async (t) => {
  const caller = { number: '+15555550142', answersAfterMs: 5_000, talksMs: 60_000 };
  const tried = { InitialCallDelaySeconds: '30', MaximumConnectionAttempts: '2', RetryDelaySeconds: '600' };

  for (const telephones of [[caller], []]) {
    const { add, contacts, runs, ana, clock, happened } = office(t, laptopWorld({ telephones }));
    add('entry', 'CONTACT_FLOW', [
      ['callback', 'CreateCallbackContact', { QueueId: BILLING_ARN, ...tried }],
      ['end', 'DisconnectParticipant', {}],
    ]);
    happened((one) => {
      if (one.kind === 'agent' && one.did === 'offered') void ana.accept(one.contactId);
    });
    ana.become('Available');
    const call = newContact({
      id: 'call',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      initiatedAtMs: clock.now(),
      customerNumber: caller.number,
    });
    contacts.add(call);

    await runs('entry', call);
    await clock.sleep(3_600_000);

    const callbacks = contacts.all().filter(({ initiationMethod }) => initiationMethod === 'CALLBACK');
    const reasons = callbacks.map(({ disconnectReason }) => disconnectReason);
    const notAnswered = ['TELECOM_TIMEOUT', 'TELECOM_TIMEOUT'];
    assert.deepEqual(reasons, telephones.length > 0 ? ['CUSTOMER_DISCONNECT'] : notAnswered);
    assert.equal(callbacks[0]?.agent?.user.username, 'ana.ruiz');
    const [first] = callbacks;
    const madeAtMs = first?.initiatedAtMs ?? 0;
    assert.ok(Math.abs(madeAtMs - (call.endedAtMs ?? 0)) < 1000, 'it is made during the call');
    assert.ok(Math.abs((first?.queueStay?.enqueuedAtMs ?? 0) - madeAtMs - 30_000) < 1000);
    assert.equal(first?.answeredAtMs !== undefined, telephones.length > 0);
    assert.ok(callbacks.every(({ attributes }) => attributes === call.attributes));
  }
});

/**
 * A contact center in fast time. Its one line records what the caller hears; each sound takes three seconds.
 */
function office(t: TestContext, world = WORLD) {
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const heard: string[] = [];
  const contacts = createContacts({
    clock,
    happenings,
    sendRecord: ({ id: contactId, channel }) =>
      happenings.tell({ kind: 'contact-record', atMs: clock.now(), contactId, channel }),
  });
  const voice: Voice = {
    async play(prompt) {
      heard.push(prompt.kind === 'ssml' && prompt.ssml.includes('expletive') ? '(beep)' : prompt.kind);
      await clock.sleep(3_000);
      return { kind: 'played' };
    },
    nextKey: () => Promise.resolve({ kind: 'time-out' }),
    startStreaming: () => 'refused',
    stopStreaming: () => {},
    recordIvr: () => 'done',
    connectAgent: () => void heard.push('(agent)'),
  };
  const center = createContactCenter({
    clock,
    happenings,
    world,
    contacts,
    lambda: { invoke: () => Promise.reject(new Error('none')) },
    voiceOf: ({ channel }) => (channel === 'VOICE' ? voice : undefined),
    passOn: () => {},
  });

  /** Actions one after the other. After an error too, the flow goes on with the next action. */
  function add(id: string, type: 'CONTACT_FLOW' | 'AGENT_WHISPER', actions: readonly Step[]): void {
    const document = parseFlow(
      JSON.stringify({
        Version: '2019-10-30',
        StartAction: actions[0]?.[0],
        Actions: actions.map(([Identifier, Type, Parameters], index) => {
          const NextAction = actions[index + 1]?.[0];
          return { Identifier, Type, Parameters, Transitions: NextAction ? { NextAction } : {} };
        }),
      }),
    );
    center.flows.add({ id, arn: id, name: id, type, document });
  }

  return {
    center,
    clock,
    contacts,
    heard,
    add,
    ana: center.routing.agent('ana.ruiz'),
    runs: (flowId: string, contact: Contact) => {
      const flow = center.flows.find(flowId) ?? assert.fail(`no flow ${flowId}`);
      return center.runFlow({ flow, contact }).ended;
    },
    happened: happenings.listen,
    until: (is: (happening: Happening) => boolean) =>
      new Promise<void>((resolve) => {
        happenings.listen((happening) => {
          if (is(happening)) resolve();
        });
      }),
  };
}

type Step = readonly [identifier: string, type: string, parameters: Readonly<Record<string, unknown>>];
