import { laptopWorld } from '../sample-world.ts';
import type { TestContext } from 'node:test';
import { createClock } from '../../../clock.ts';
import { createHappenings } from '../../../happenings.ts';
import { contactRecord } from '../contacts/contact-record.ts';
import { type Contact, newContact } from '../contacts/contact.ts';
import { createContacts } from '../contacts/contacts.ts';
import type { FlowEnd } from '../flow/flow-run.ts';
import { createFlowStore } from '../flow/flow-store.ts';
import type { Voice } from '../voice/voice.ts';
import { type Channel, findQueue, type World } from '../world.ts';
import { createRouting } from './create-routing.ts';
import type { RunFlow } from './run-port.ts';

const BILLING = 'b1b1b1b1-0000-4000-8000-00000000b001';

interface FakeRun {
  readonly flowName: string;
  readonly contact: Contact;
  readonly agentName: string | undefined;
  /** The line on which the flow speaks. */
  readonly voice: Voice | undefined;
  readonly end: (end: FlowEnd) => void;
  /** Undefined while it runs. */
  endedBy?: FlowEnd['kind'];
}

/** An office of agents on a clock that the test moves, with flows that only run until they are ended. */
export function floor(t: TestContext, { world: overrides = {}, whispersEnd = true }: FloorOptions = {}) {
  const world = laptopWorld(overrides);
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-04T14:00:02.750Z') });
  const clock = createClock('real');
  t.after(clock.stop);
  const happenings = createHappenings();
  const told: string[] = [];
  happenings.listen((one) => {
    if (one.kind === 'agent') told.push(`${one.username} ${one.did} ${one.contactId}`);
  });
  const records: Readonly<Record<string, unknown>>[] = [];
  const contacts = createContacts({
    clock,
    happenings,
    sendRecord: (contact) => void records.push(contactRecord(contact, world)),
  });
  const onTheLine: string[] = [];
  const passedOn: string[] = [];
  const flows = createFlowStore();
  const { runs, runFlow } = fakeFlowRuns(whispersEnd);
  const routing = createRouting({
    clock,
    happenings,
    world,
    contacts,
    flows,
    runFlow,
    voiceOf: ({ id, channel }) => (channel === 'VOICE' ? silentVoice(() => onTheLine.push(id)) : undefined),
    passOn: (from, to) => void passedOn.push(`${from.id} -> ${to.id}`),
  });
  return {
    clock,
    contacts,
    routing,
    told,
    records,
    runs,
    onTheLine,
    passedOn,
    queueArn: (id: string) => queueArnIn(world, id),
    arrives: (id: string, arrival: Arrival = {}) => {
      const contact = arrivingContact(id, arrival, { world, nowMs: clock.now() });
      contacts.add(contact);
      return { contact, answer: routing.enqueue(contact) };
    },
    ana: routing.agent('ana.ruiz'),
    ben: routing.agent('ben.okafor'),
    addFlow: (name: string, type: 'AGENT_WHISPER' | 'CUSTOMER_QUEUE' | 'CONTACT_FLOW') =>
      flows.add({
        id: name,
        arn: `${world.instanceArn}/contact-flow/${name}`,
        name,
        type,
        document: { Version: '2019-10-30', StartAction: 'end', Actions: [] },
      }),
    recordOf: (contactId: string) => records.filter(({ ContactId }) => ContactId === contactId),
  };
}

/** The runs of flows; the test ends them. Whispers end at once if `whispersEnd`. */
function fakeFlowRuns(whispersEnd: boolean): {
  readonly runs: readonly FakeRun[];
  readonly runFlow: RunFlow;
} {
  const runs: FakeRun[] = [];
  return {
    runs,
    runFlow({ flow, contact, agent }, voice) {
      const { promise, resolve } = Promise.withResolvers<FlowEnd>();
      const run: FakeRun = {
        flowName: flow.name,
        contact,
        agentName: agent?.username,
        voice,
        end(end) {
          run.endedBy ??= end.kind;
          resolve(end);
        },
      };
      runs.push(run);
      const stop = () => run.end({ kind: 'stopped' });
      contact.lifetime.signal.addEventListener('abort', stop);
      if (flow.type.endsWith('WHISPER') && whispersEnd) run.end({ kind: 'ended' });
      return { ended: promise, stop };
    },
  };
}

/** A contact with a target queue that is not in the queue yet. */
function arrivingContact(
  id: string,
  { channel = 'VOICE', queueId = BILLING, hooks = {}, attributes = {}, ...settings }: Arrival,
  { world, nowMs }: { world: World; nowMs: number },
): Contact {
  const contact = newContact({
    id,
    channel,
    initiationMethod: channel === 'VOICE' ? 'INBOUND' : 'API',
    initiatedAtMs: nowMs,
    attributes: new Map(Object.entries(attributes)),
    ...(channel === 'VOICE' && { customerNumber: '+15555550142' }),
  });
  Object.assign(contact.settings, settings);
  for (const [hook, flowId] of Object.entries(hooks)) contact.settings.eventHooks.set(hook, flowId);
  const targetQueue = findQueue(world, queueArnIn(world, queueId));
  if (targetQueue) contact.settings.targetQueue = targetQueue;
  return contact;
}

function queueArnIn({ instanceArn }: World, id: string): string {
  return `${instanceArn}/queue/${id}`;
}

interface FloorOptions {
  readonly world?: Partial<World>;
  /** Whether whispers end at once, or go on until the test ends them. */
  readonly whispersEnd?: boolean;
}

interface Arrival extends Partial<
  Pick<Contact['settings'], 'queuePriority' | 'queueTimeAdjustmentMs' | 'routingSteps'>
> {
  readonly channel?: Channel;
  /** Absent: Billing. */
  readonly queueId?: string;
  readonly hooks?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

function silentVoice(connectAgent: () => void): Voice {
  return {
    play: () => Promise.resolve({ kind: 'played' }),
    nextKey: () => Promise.resolve({ kind: 'time-out' }),
    startStreaming: () => 'refused',
    stopStreaming: () => {},
    recordIvr: () => 'done',
    connectAgent,
  };
}
