import type { Happening } from '../simulator/happenings.ts';
import type { FlowCall } from '../simulator/services/connect/voice/flow-call.ts';
import type { Simulator } from '../simulator/simulator.ts';

import { type Pulse, watchProgress } from './watch-progress.ts';

type Task = ReturnType<Simulator['connect']['tasks']>[number];
type Mail = ReturnType<Simulator['ses']['mails']>[number];

/** The parts of the simulator that a wait observes. */
export interface WatchedSimulator extends Pick<Simulator, 'clock' | 'happenings'> {
  readonly connect: Pick<Simulator['connect'], 'tasks' | 'contact'>;
  readonly ses: Pick<Simulator['ses'], 'mails'>;
}

export type Delivered =
  | { readonly kind: 'delivered'; readonly task: Task }
  | { readonly kind: 'delivered'; readonly mail: Mail }
  /** There was no voicemail, so this is as expected. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** The first reason says what happened, the others what the functions said about it. */
  | { readonly kind: 'failed'; readonly reasons: readonly string[] };

/** In the simulator's time. By then, all retries, sweeps and deadlines have run. */
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** After so many failed invocations of one function, the trouble counts as permanent. */
const MOST_FAILURES = 3;

/** What to wait for, and for how long. */
interface DeliveryWait {
  readonly call: Pick<FlowCall, 'contactId' | 'ended'>;
  readonly nameOf: ReadonlyMap<string, string>;
  /** In the simulator's time. */
  readonly longestWaitMs?: number | undefined;
  readonly pulse?: Pulse;
}

/**
 * Waits until a task for a call lies in a queue, or a mail about it was sent, and the function
 * that did it is done, or until it is clear that there will be none: the call was no voicemail, nothing
 * was said, a queue message was parked or became a dead letter, a function fails again and
 * again, a flow could not be run, or six hours of the simulator's time have passed, unless
 * `longestWaitMs` says otherwise. The wait does not depend on how long the machine takes.
 */
export function waitForDelivery(
  simulator: WatchedSimulator,
  { call, nameOf, longestWaitMs = LONGEST_WAIT_MS, pulse }: DeliveryWait,
): Promise<Delivered> {
  const { contactId } = call;
  const progress: Progress = { arrived: undefined, hasAgent: false, said: new Set(), failures: new Map() };
  return new Promise((resolve) => {
    const end = (outcome: Delivered) => {
      stopWatching();
      stopListening();
      resolve(outcome);
    };
    const fail = (what: string) => end(failedWith(what, progress));
    const onEnd = (why: string) =>
      fail(`${progress.arrived ? 'It arrived, but the delivery did not end' : 'Nothing arrived'}: ${why}.`);
    const watch = { longestMs: longestWaitMs, isSweepAwaited: true, onEnd };
    const stopWatching = watchProgress(simulator, watch, pulse);
    const stopListening = simulator.happenings.listen((happening) => {
      noteArrival(happening, { simulator, contactId, progress });
      const outcome = outcomeOf(happening, { simulator, contactId, nameOf, progress });
      if (outcome) end(outcome);
    });
    call.ended.catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  });
}

/** The observations of one delivery so far. */
interface Progress {
  arrived: { readonly task: Task } | { readonly mail: Mail } | undefined;
  hasAgent: boolean;
  /** What the functions said about failures. */
  readonly said: Set<string>;
  /** Failed invocations by function. */
  readonly failures: Map<string, number>;
}

interface Observed {
  readonly simulator: WatchedSimulator;
  readonly contactId: string;
  readonly progress: Progress;
}

interface ObservedFunctions extends Observed {
  readonly nameOf: ReadonlyMap<string, string>;
}

function failedWith(what: string, { said }: Progress): Delivered {
  return { kind: 'failed', reasons: [what, ...said] };
}

function noteArrival({ kind }: Happening, { simulator, contactId, progress }: Observed): void {
  if (kind === 'task-created') {
    const task = simulator.connect.tasks().find(({ relatedContactId }) => relatedContactId === contactId);
    if (task) progress.arrived ??= { task };
  }
  if (kind === 'mail-sent') {
    const mail = simulator.ses.mails().find(({ headers }) => headers['X-Contact-Id'] === contactId);
    if (mail) progress.arrived ??= { mail };
  }
}

/** How the delivery ends with that happening; undefined if it goes on. */
function outcomeOf(happening: Happening, observed: ObservedFunctions): Delivered | undefined {
  const { contactId, progress } = observed;
  if (happening.kind === 'invocation') return outcomeOfInvocation(happening, observed);
  if (happening.kind === 'log') return outcomeOfLog(happening, observed);
  if (happening.kind === 'dead-letter') return failedWith('A queue message became a dead letter.', progress);
  if (!('contactId' in happening) || happening.contactId !== contactId) return undefined;
  if (happening.kind === 'agent') progress.hasAgent ||= happening.did === 'accepted';
  return happening.kind === 'contact-record' ? outcomeOfRecord(observed) : undefined;
}

/**
 * The flag is removed after the delivery, and that sends a contact record too: then something has arrived
 * already.
 */
function outcomeOfRecord({ simulator, contactId, progress }: Observed): Delivered | undefined {
  if (progress.hasAgent) return { kind: 'nothing', why: 'An agent took the call.' };
  const isFlagged = simulator.connect.contact(contactId).attributes['vmx3_flag'] === '1';
  if (isFlagged || progress.arrived) return undefined;
  return { kind: 'nothing', why: 'The call is not marked as a voicemail.' };
}

function outcomeOfInvocation(
  { functionId, error }: Happening & { kind: 'invocation' },
  { nameOf, progress }: ObservedFunctions,
): Delivered | undefined {
  const name = nameOf.get(functionId) ?? functionId;
  if (progress.arrived && name === 'deliver-voicemail') return { kind: 'delivered', ...progress.arrived };
  if (error === undefined) return undefined;
  progress.said.add(`${name}: ${error}`);
  const count = (progress.failures.get(name) ?? 0) + 1;
  progress.failures.set(name, count);
  return count >= MOST_FAILURES ? failedWith(`${name} fails again and again.`, progress) : undefined;
}

function outcomeOfLog(
  { functionId, line }: Happening & { kind: 'log' },
  { contactId, nameOf, progress }: ObservedFunctions,
): Delivered | undefined {
  const entry = parse(line);
  if (entry?.['contactId'] === contactId && entry['outcome'] === 'blank') {
    return { kind: 'nothing', why: 'Nothing was said, so nothing was delivered.' };
  }
  const failure = failureIn(entry);
  if (failure === undefined) return undefined;
  progress.said.add(`${nameOf.get(functionId) ?? functionId}: ${failure}`);
  return entry?.['level'] === 'ERROR' ? failedWith('A step gave up.', progress) : undefined;
}

/** The failure in a log line of level ERROR or WARN. */
function failureIn(entry: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (entry?.['level'] !== 'ERROR' && entry?.['level'] !== 'WARN') return undefined;
  const failure = entry['failure'];
  return isRecord(failure) ? String(failure['message']) : String(entry['message']);
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  const value: unknown = JSON.parse(line);
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
