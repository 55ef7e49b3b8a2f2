import type { Happening } from '../simulator/happenings.ts';
import type { FlowCall } from '../simulator/services/connect/voice/flow-call.ts';
import type { Simulator } from '../simulator/simulator.ts';

import { type Pulse, watchProgress } from './watch-progress.ts';

type Task = ReturnType<Simulator['connect']['tasks']>[number];
type Mail = ReturnType<Simulator['ses']['mails']>[number];

/** What a wait looks at. */
export interface WatchedSimulator extends Pick<Simulator, 'clock' | 'happenings'> {
  readonly connect: Pick<Simulator['connect'], 'tasks' | 'contact'>;
  readonly ses: Pick<Simulator['ses'], 'mails'>;
}

export type Delivered =
  | { readonly kind: 'delivered'; readonly task: Task }
  | { readonly kind: 'delivered'; readonly mail: Mail }
  /** As it should be: there was no voicemail. */
  | { readonly kind: 'nothing'; readonly why: string }
  /** The first reason says what happened, the others what the functions said about it. */
  | { readonly kind: 'failed'; readonly reasons: readonly string[] };

/** Of the simulator's time: retries, sweeps and deadlines of many kinds have had their turn by then. */
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** So many failed invocations of one function are no passing trouble. */
const MOST_FAILURES = 3;

/**
 * Waits until a task for a call lies in a queue, or a mail of it was sent, and the function
 * that did it is done, or until it is plain that none will: the call was no voicemail, nothing
 * was said, a message was parked or became a dead letter, a function fails again and
 * again, a flow could not be run, or six hours of the simulator's time, unless
 * `longestWaitMs` says otherwise, went by. How long the machine takes over that does not matter.
 */
export function waitForDelivery(
  simulator: WatchedSimulator,
  {
    call,
    nameOf,
    longestWaitMs = LONGEST_WAIT_MS,
    pulse,
  }: {
    call: Pick<FlowCall, 'contactId' | 'ended'>;
    nameOf: ReadonlyMap<string, string>;
    /** In the simulator's time. */
    longestWaitMs?: number | undefined;
    pulse?: Pulse;
  },
): Promise<Delivered> {
  const { contactId } = call;
  const said = new Set<string>();
  const failures = new Map<string, number>();
  let arrived: { task: Task } | { mail: Mail } | undefined;
  let hasAgent = false;
  return new Promise((resolve) => {
    const end = (outcome: Delivered) => {
      stopWatching();
      stopListening();
      resolve(outcome);
    };
    const fail = (what: string) => end({ kind: 'failed', reasons: [what, ...said] });
    const stopWatching = watchProgress(
      simulator,
      {
        longestMs: longestWaitMs,
        isSweepAwaited: true,
        onEnd: (why) =>
          fail(`${arrived ? 'It arrived, but the delivery did not end' : 'Nothing arrived'}: ${why}.`),
      },
      pulse,
    );

    function onInvocation({ functionId, error }: Happening & { kind: 'invocation' }): void {
      const name = nameOf.get(functionId) ?? functionId;
      if (arrived && name === 'deliver-voicemail') return end({ kind: 'delivered', ...arrived });
      if (error === undefined) return;
      said.add(`${name}: ${error}`);
      const count = (failures.get(name) ?? 0) + 1;
      failures.set(name, count);
      if (count >= MOST_FAILURES) fail(`${name} fails again and again.`);
    }

    function onLog({ functionId, line }: Happening & { kind: 'log' }): void {
      const entry = parse(line);
      if (entry?.['contactId'] === contactId && entry['outcome'] === 'blank') {
        return end({ kind: 'nothing', why: 'Nothing was said, so nothing was delivered.' });
      }
      const failure = failureIn(entry);
      if (failure === undefined) return;
      said.add(`${nameOf.get(functionId) ?? functionId}: ${failure}`);
      if (entry?.['level'] === 'ERROR') fail('A step gave up.');
    }

    /** The flag is taken back after the delivery, which is recorded too: then something has arrived. */
    function onContactRecord(): void {
      const isFlagged = simulator.connect.contact(contactId).attributes['vmx3_flag'] === '1';
      if (hasAgent) end({ kind: 'nothing', why: 'An agent took the call.' });
      else if (!isFlagged && !arrived)
        end({ kind: 'nothing', why: 'The call is not marked as a voicemail.' });
    }

    const stopListening = simulator.happenings.listen((happening) => {
      if (happening.kind === 'task-created') {
        const task = simulator.connect.tasks().find(({ relatedContactId }) => relatedContactId === contactId);
        if (task) arrived ??= { task };
      }
      if (happening.kind === 'mail-sent') {
        const mail = simulator.ses.mails().find(({ headers }) => headers['X-Contact-Id'] === contactId);
        if (mail) arrived ??= { mail };
      }
      if ('contactId' in happening && happening.contactId === contactId) {
        if (happening.kind === 'agent') hasAgent ||= happening.did === 'accepted';
        if (happening.kind === 'contact-record') onContactRecord();
      }
      if (happening.kind === 'invocation') onInvocation(happening);
      if (happening.kind === 'log') onLog(happening);
      if (happening.kind === 'dead-letter') fail('A message became a dead letter.');
    });
    call.ended.catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  });
}

/** What a log line of level ERROR or WARN says went wrong. */
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
