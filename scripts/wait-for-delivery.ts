import type { Simulator } from '../simulator/simulator.ts';

type Task = ReturnType<Simulator['connect']['tasks']>[number];

export type Delivered =
  | { readonly kind: 'delivered'; readonly task: Task }
  | { readonly kind: 'failed'; readonly reason: string };

const LONGEST_WAIT_MS = 180_000;

/**
 * Waits until a task for a call lies in a queue, or until it is plain that none
 * will: nothing was said, a message was parked or became a dead letter, or three
 * minutes of the machine's time went by. The reason is what the functions logged as an error.
 */
export function waitForDelivery(simulator: Simulator, contactId: string): Promise<Delivered> {
  const errors: string[] = [];
  return new Promise((resolve) => {
    const end = (outcome: Delivered) => {
      clearTimeout(timeout);
      stopListening();
      resolve(outcome);
    };
    const failed = (what: string) => end({ kind: 'failed', reason: [what, ...errors].join(' ') });
    const timeout = setTimeout(() => failed('Nothing arrived within three minutes.'), LONGEST_WAIT_MS);
    const stopListening = simulator.happenings.listen((happening) => {
      if (happening.kind === 'task-created') {
        const task = simulator.connect.tasks().find(({ relatedContactId }) => relatedContactId === contactId);
        if (task) end({ kind: 'delivered', task });
      }
      if (happening.kind === 'log') {
        if (isBlank(happening.line, contactId)) failed('Nothing was said, so nothing was delivered.');
        const failure = errorIn(happening.line);
        if (failure) errors.push(`${happening.functionId}: ${failure}`);
        if (failure && isParked(happening.line)) failed('A step gave up.');
      }
      if (happening.kind === 'dead-letter') failed('A message became a dead letter.');
    });
  });
}

/** The failure that a log line of level ERROR or WARN tells of. */
function errorIn(line: string): string | undefined {
  const entry = parse(line);
  const failure = entry?.['failure'];
  if (entry?.['level'] !== 'ERROR' && entry?.['level'] !== 'WARN') return undefined;
  return isRecord(failure) ? String(failure['message']) : String(entry['message']);
}

function isParked(line: string): boolean {
  return parse(line)?.['level'] === 'ERROR';
}

function isBlank(line: string, contactId: string): boolean {
  const entry = parse(line);
  return entry?.['contactId'] === contactId && entry['outcome'] === 'blank';
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  const value: unknown = JSON.parse(line);
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
