import { randomUUID } from 'node:crypto';
import { type Contact, newContact } from '../contacts/contact.ts';
import type { Contacts } from '../contacts/contacts.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import { startCaller } from './caller.ts';
import { type CallerLine, openCallerLine, type VoiceParts } from './caller-line.ts';
import { type CallerStep, readScript, type ReadyStep } from './caller-script.ts';

/** A caller, and the steps of the call. */
export interface CallOrder {
  /** A UUID, for callers of this function that listen from the ring on. Absent: a new one. */
  readonly contactId?: string;
  /** E.164, or whatever else a network shows: `anonymous`. */
  readonly from: string;
  /** The number dialled. Absent: the instance's. */
  readonly to?: string;
  /** The flow that answers, by name, id or ARN. Absent: the one the number is assigned to. */
  readonly flow?: string;
  /** A caller without steps left hangs up, unless the last step is `stay`. */
  readonly script: readonly CallerStep[];
  /** The call's contact attributes at its start. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Whether the flow log is on from the start. Otherwise a flow turns it on. */
  readonly isLogging?: boolean;
  /** The time from the ring until the caller hangs up, in mid-word too. */
  readonly hangUpAfterMs?: number;
}

export interface FlowCall {
  /** The contact exists from the ring on: at once, or after the caller's words were synthesized. */
  readonly contactId: string;
  /**
   * Resolves when the call has ended. The contact record follows. Rejects if a flow could not be run, or the
   * caller's words not be synthesized.
   */
  readonly ended: Promise<void>;
  /** The caller hangs up now. */
  readonly hangUp: () => void;
  /** The sounds that the caller has heard so far. */
  readonly heard: () => readonly string[];
}

export interface FlowCallParts extends VoiceParts {
  readonly contacts: Contacts;
  /** The calls in progress, by contact id. */
  readonly callers: Map<string, CallerLine>;
  /** Runs the inbound flow. */
  readonly answer: (contact: Contact) => FlowRun;
}

/** A caller rings, and a flow answers. The call takes place on the simulator's clock. */
export function callFlow(order: CallOrder, parts: FlowCallParts): FlowCall {
  const { contactId = randomUUID() } = order;
  const hungUp = new AbortController();
  const heard: string[] = [];
  const script = readScript(order.script);

  const ring = (steps: readonly ReadyStep[]) =>
    connected({ contactId, order, steps, hungUp: hungUp.signal, heard }, parts);
  const ended = script instanceof Promise ? beforeTheRing(script, parts).then(ring) : ring(script);
  return { contactId, ended, hangUp: () => hungUp.abort(), heard: () => heard };
}

/** Holds fast time meanwhile. */
async function beforeTheRing<Steps>(script: Promise<Steps>, { clock }: FlowCallParts): Promise<Steps> {
  const done = clock.busy();
  try {
    return await script;
  } finally {
    done();
  }
}

interface Connection {
  readonly contactId: string;
  readonly order: CallOrder;
  readonly steps: readonly ReadyStep[];
  readonly hungUp: AbortSignal;
  /** It grows. */
  readonly heard: string[];
}

/** Resolves when the call is over. */
async function connected(connection: Connection, parts: FlowCallParts): Promise<void> {
  const { contactId, order, steps, hungUp, heard } = connection;
  const { clock, happenings, contacts, world, callers, answer } = parts;
  if (hungUp.aborted) return;
  const contact = newContact({
    id: contactId,
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    initiatedAtMs: Math.floor(clock.now()),
    customerNumber: order.from,
    systemNumber: order.to ?? world.phoneNumber,
    attributes: new Map(Object.entries(order.attributes ?? {})),
  });
  contact.settings.isLogging = order.isLogging ?? false;
  const line = openCallerLine(contact, parts);
  const { life } = line;
  const over = Promise.withResolvers<void>();
  const hangUp = () => contacts.end(line.contact(), 'CUSTOMER_DISCONNECT');
  const tell = (what: string, atMs: number) =>
    happenings.tell({ kind: 'caller', atMs, contactId: line.contact().id, what });
  let failure: Error | undefined;
  const stopListening = happenings.listen((happening) => {
    if (!('contactId' in happening) || happening.contactId !== line.contact().id) return;
    if (happening.kind === 'heard') heard.push(happening.what);
    if (happening.kind === 'flow-failed') failure ??= new Error(happening.message);
  });
  life.addEventListener('abort', () => {
    callers.delete(line.contact().id);
    over.resolve();
  });
  hungUp.addEventListener('abort', hangUp);

  contacts.add(contact);
  callers.set(contactId, line);
  happenings.tell({ kind: 'ring', atMs: contact.initiatedAtMs, contactId, from: order.from });
  const run = answer(contact);
  if (order.hangUpAfterMs !== undefined && !life.aborted) {
    const cancel = line.time.at(line.time.now() + order.hangUpAfterMs, hangUp);
    life.addEventListener('abort', cancel);
  }
  startCaller(steps, { life, line, hangUp, tell });

  await Promise.all([run.ended, over.promise]);
  stopListening();
  if (failure) throw failure;
}

/** The caller goes on as another contact: from one queue into the next. */
export function passCallerOn(callers: Map<string, CallerLine>, from: Contact, to: Contact): void {
  const line = callers.get(from.id);
  if (!line) return;
  line.passOn(to);
  callers.delete(from.id);
  callers.set(to.id, line);
}
