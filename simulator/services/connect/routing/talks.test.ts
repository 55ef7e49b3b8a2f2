import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floor } from './floor.fixture.ts';

/** Runs what is pending: no promise in these tests takes longer. */
const settled = () => new Promise((resolve) => void setImmediate(resolve));

test('a caller hears the queue flow until an agent accepts, however long it rings', async (t) => {
  const { arrives, ana, runs, addFlow } = floor(t);
  addFlow('our queue', 'CUSTOMER_QUEUE');
  ana.become('Available');

  arrives('call', { hooks: { CustomerQueue: 'our queue' } });
  assert.deepEqual(
    runs.map(({ flowName, endedBy }) => [flowName, endedBy]),
    [['our queue', undefined]],
  );
  await ana.accept('call');

  assert.equal(runs[0]?.endedBy, 'stopped');
});

test('a caller whose queue has no flow hears the default one, a task hears nothing', (t) => {
  const { arrives, runs } = floor(t);

  arrives('call', { hooks: { CustomerQueue: 'deleted' } });
  arrives('task', { channel: 'TASK' });

  assert.deepEqual(
    runs.map(({ flowName, contact }) => [contact.id, flowName]),
    [['call', 'Default customer queue']],
  );
});

test('a queue flow that ends leaves the caller in the queue, one that disconnects does not', (t) => {
  const { arrives, ana, runs, contacts } = floor(t);
  arrives('patient');
  const { contact: sentAway } = arrives('sent away');

  runs[0]?.end({ kind: 'ended' });
  contacts.end(sentAway, 'CONTACT_FLOW_DISCONNECT');
  ana.become('Available');

  assert.deepEqual(ana.offered(), ['patient']);
  assert.equal(runs[1]?.endedBy, 'stopped');
});

test('the agent hears a whisper, then the caller hears one, and only then they talk', async (t) => {
  const { arrives, ana, runs, onTheLine, addFlow } = floor(t, { whispersEnd: false });
  addFlow('clear the flag', 'AGENT_WHISPER');
  ana.become('Available');
  const { contact } = arrives('call', { hooks: { AgentWhisper: 'clear the flag' } });

  const accepted = ana.accept('call');
  await settled();
  const [, agentWhisper] = runs;
  assert.deepEqual([agentWhisper?.flowName, agentWhisper?.agentName], ['clear the flag', 'ana.ruiz']);
  agentWhisper?.end({ kind: 'ended' });
  await settled();
  assert.deepEqual([runs[2]?.flowName, runs[2]?.voice], ['Default customer whisper', undefined]);
  assert.deepEqual([contact.agent, onTheLine], [undefined, []]);
  runs[2]?.end({ kind: 'ended' });
  await accepted;

  assert.equal(contact.agent?.user.username, 'ana.ruiz');
  assert.deepEqual(onTheLine, ['call']);
});

test("what an agent whisper says takes time, and does not reach the caller's line", async (t) => {
  const { arrives, ana, runs, clock } = floor(t, { whispersEnd: false });
  ana.become('Available');
  const { contact } = arrives('call');
  void ana.accept('call');
  await settled();

  const said = runs[1]?.voice?.play(
    { kind: 'text', text: 'Billing' },
    { signal: contact.lifetime.signal, stopsAtKey: false },
  );
  clock.advance(1_000);

  assert.deepEqual(await said, { kind: 'played' });
});

test('an agent whisper in SSML takes as long as its words and pauses, and invalid SSML is refused', async (t) => {
  const { arrives, ana, runs, clock } = floor(t, { whispersEnd: false });
  ana.become('Available');
  const { contact } = arrives('call');
  void ana.accept('call');
  await settled();
  const play = (ssml: string) =>
    runs[1]?.voice?.play({ kind: 'ssml', ssml }, { signal: contact.lifetime.signal, stopsAtKey: false });

  let end = '';
  const paused = play('<speak>Sales.<break time="2s"/></speak>')?.then(({ kind }) => void (end = kind));
  clock.advance(2399);
  await settled();
  const before = end;
  clock.advance(1);
  await paused;
  const refused = await play('<speak>Sales & Service</speak>');

  assert.deepEqual([before, end], ['', 'played']);
  assert.equal(refused?.kind, 'unplayable');
});

test('a caller who hangs up during the whisper never had an agent', async (t) => {
  const { arrives, ana, contacts, recordOf, onTheLine, runs } = floor(t, { whispersEnd: false });
  ana.become('Available');
  const { contact } = arrives('call');
  const accepted = ana.accept('call');
  await settled();

  contacts.end(contact, 'CUSTOMER_DISCONNECT');
  await accepted;

  const [record] = recordOf('call');
  assert.deepEqual([record?.['Agent'], record?.['AgentConnectionAttempts']], [null, 1]);
  assert.deepEqual([onTheLine, ana.inHand(), runs.length], [[], [], 2]);
  assert.equal(ana.presence(), 'Available');
});

test("a talk that the agent ends is on record with agent, queue and the agent's hang-up", async (t) => {
  const { arrives, ana, clock, recordOf } = floor(t);
  arrives('call');
  clock.advance(30_000);
  ana.become('Available');
  await ana.accept('call');
  clock.advance(60_000);

  ana.finish('call');

  const [record] = recordOf('call');
  const { Agent: agent, Queue: queue } = record ?? {};
  assert.ok(typeof agent === 'object' && agent && 'Username' in agent && 'AgentInteractionDuration' in agent);
  assert.ok(typeof queue === 'object' && queue && 'Name' in queue && 'Duration' in queue);
  assert.deepEqual([agent.Username, agent.AgentInteractionDuration], ['ana.ruiz', 60]);
  assert.deepEqual([queue.Name, queue.Duration], ['Billing', 30]);
  assert.equal(record?.['DisconnectReason'], 'AGENT_DISCONNECT');
});

test('after the caller hangs up the agent works on, and the contact record waits', async (t) => {
  const { arrives, ana, clock, contacts, recordOf } = floor(t);
  ana.become('Available');
  const { contact } = arrives('call');
  await ana.accept('call');
  contacts.end(contact, 'CUSTOMER_DISCONNECT');
  arrives('next');

  clock.advance(9_000);
  assert.deepEqual([ana.inHand(), ana.offered(), recordOf('call')], [['call'], [], []]);
  clock.advance(1_000);

  assert.deepEqual([ana.inHand(), ana.offered()], [[], ['next']]);
  assert.equal(recordOf('call')[0]?.['DisconnectReason'], 'CUSTOMER_DISCONNECT');
});

test('an agent who is done with the work after a contact is free before its time is up', async (t) => {
  const { arrives, ana, contacts, clock, recordOf } = floor(t);
  ana.become('Available');
  const { contact } = arrives('call');
  await ana.accept('call');
  contacts.end(contact, 'CUSTOMER_DISCONNECT');
  arrives('next');

  ana.finish('call');
  clock.advance(10_000);

  assert.deepEqual(ana.offered(), ['next']);
  assert.equal(recordOf('call').length, 1);
});

test('a task ends when the agent is done with it', async (t) => {
  const { arrives, ana, recordOf, runs } = floor(t);
  ana.become('Available');
  arrives('task', { channel: 'TASK' });
  await ana.accept('task');

  ana.finish('task');

  assert.equal(recordOf('task')[0]?.['DisconnectReason'], 'AGENT_DISCONNECT');
  assert.deepEqual(runs, []);
});

test('the guide of a contact opens on accept, as a chat of its own with the attributes', async (t) => {
  const { arrives, ana, runs, addFlow, recordOf, routing } = floor(t);
  addFlow('guide', 'CONTACT_FLOW');
  ana.become('Available');
  arrives('task', {
    channel: 'TASK',
    hooks: { DefaultAgentUI: 'guide' },
    attributes: { vmx3_contact_id: 'call' },
  });
  assert.equal(runs.length, 0);

  await ana.accept('task');
  const guide = runs[0]?.contact ?? assert.fail('no guide');
  void routing
    .guideOf(guide)
    ?.show(
      { viewId: 'voicemail', content: { Body: ['$.heading'] }, data: { heading: 'New voicemail' } },
      { signal: guide.lifetime.signal, withinMs: 600_000 },
    );

  assert.deepEqual(ana.guide('task')?.rendered, { Body: ['New voicemail'] });
  assert.deepEqual(Object.fromEntries(guide.attributes), { vmx3_contact_id: 'call' });
  ana.finish('task');
  assert.equal(ana.guide('task'), undefined);
  const { Channel, RelatedContactId, SegmentAttributes, MediaStreams, Agent, PreviousContactId } =
    recordOf(guide.id)[0] ?? {};
  assert.deepEqual(
    { Channel, RelatedContactId, SegmentAttributes, MediaStreams, Agent, PreviousContactId },
    {
      Channel: 'CHAT',
      RelatedContactId: 'task',
      SegmentAttributes: { 'connect:Subtype': { ValueString: 'connect:Guide' } },
      MediaStreams: [{ Type: 'CHAT' }],
      Agent: null,
      PreviousContactId: null,
    },
  );
});

test('a guide whose flow is over ends, and the contact goes on without it', async (t) => {
  const { arrives, ana, runs, addFlow, recordOf } = floor(t);
  addFlow('guide', 'CONTACT_FLOW');
  ana.become('Available');
  const { contact } = arrives('task', { channel: 'TASK', attributes: { DefaultFlowForAgentUI: 'guide' } });
  await ana.accept('task');

  runs[0]?.end({ kind: 'ended' });
  await settled();

  assert.equal(recordOf(runs[0]?.contact.id ?? '')[0]?.['DisconnectReason'], 'CONTACT_FLOW_DISCONNECT');
  assert.equal(contact.endedAtMs, undefined);
});
