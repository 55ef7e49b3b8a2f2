import { laptopWorld } from '../sample-world.ts';
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createClock } from '../../../clock.ts';
import { createHappenings, type Happening } from '../../../happenings.ts';
import type { NewFragment } from '../../kinesis-video/streams.ts';
import type { Contact, StreamRecording } from '../contacts/contact.ts';
import { createContacts } from '../contacts/contacts.ts';
import type { FlowEnd } from '../flow/flow-run.ts';
import { createInstanceStorage } from '../storage/instance-storage.ts';
import { createStreamPool } from '../stream-pool.ts';
import { samplesOn } from '../samples.fixture.ts';
import { type World } from '../world.ts';
import type { CallerLine } from './caller-line.ts';
import { callFlow, type CallOrder, type FlowCallParts } from './flow-call.ts';
import type { Voice } from './voice.ts';

/** The flow that answers in a test, as one function. */
type Flow = (line: Voice, signal: AbortSignal, contact: Contact) => Promise<unknown>;

interface TestCallerOptions {
  readonly world?: Partial<World>;
  readonly time?: 'real' | 'fast';
  readonly s3?: FlowCallParts['s3'];
}

/** A caller and a flow that answers, with fragments in arrays. It is closed at the end of the test. */
export function testCaller(t: TestContext, { world: changes, time = 'fast', s3 }: TestCallerOptions = {}) {
  const clock = createClock(time);
  t.after(clock.stop);
  const happenings = createHappenings();
  const told: Happening[] = [];
  happenings.listen((happening) => void told.push(happening));
  const world = laptopWorld(changes);
  const fragments: (NewFragment & { streamArn: string })[] = [];
  const records: (readonly StreamRecording[])[] = [];
  const contacts = createContacts({
    clock,
    happenings,
    sendRecord: ({ recordings }) =>
      void records.push(recordings.filter((one) => one.kind === 'stream').map((one) => ({ ...one }))),
  });
  const kinesisVideo = {
    createStream: () => {},
    append: (streamArn: string, fragment: NewFragment) => String(fragments.push({ streamArn, ...fragment })),
  };
  const storage = createInstanceStorage(world);
  const streams = createStreamPool({ clock, kinesisVideo, world, storage });
  const callers = new Map<string, CallerLine>();
  const common = { clock, happenings, world, storage, contacts, kinesisVideo, streams, callers };
  const parts = { ...common, ...(s3 && { s3 }) };

  /** The flow disconnects at its end. */
  async function run(flow: Flow, contact: Contact): Promise<FlowEnd> {
    const line = callers.get(contact.id);
    assert.ok(line);
    await flow(line.voice, contact.lifetime.signal, contact);
    contacts.end(contact, 'CONTACT_FLOW_DISCONNECT');
    return { kind: 'disconnected' };
  }

  function start(script: CallOrder['script'], flow: Flow, order: Partial<CallOrder> = {}) {
    return callFlow(
      { from: '+15555550142', script, ...order },
      { ...parts, answer: (contact) => ({ ended: run(flow, contact), stop: () => {} }) },
    );
  }

  async function call(...given: Parameters<typeof start>) {
    const { contactId, ended, heard } = start(...given);
    await ended;
    return { contact: contacts.require(contactId), heard: heard() };
  }

  /** All samples on the streams, in order: of the caller, or (2) what the caller heard. */
  function streamed(track = 1): Int16Array {
    const samples = fragments.map(({ bytes }, index) =>
      samplesOn(track, Buffer.from(typeof bytes === 'function' ? bytes(String(index + 1)) : bytes)),
    );
    return Int16Array.from(samples.flat());
  }
  return { clock, world, told, fragments, records, start, call, streamed };
}
