import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';

/** How voicemails end, as an agent and a caller would count them. */
export interface Count {
  readonly voicemails: number;
  /** Voicemails without task or mail. */
  readonly lost: readonly string[];
  /** Voicemails with more than one task or mail, where a later one has no note about an earlier one. */
  readonly doubled: readonly string[];
  /**
   * Voicemails with more than one task or mail, where every later one has that note: see docs/decisions/007.
   */
  readonly sentAgainWithNote: readonly string[];
  /** Delivered without the words, or without the recording. */
  readonly withoutTranscript: readonly string[];
  readonly withoutRecording: readonly string[];
  /** Delivered, and still marked as new voicemails. */
  readonly flagged: readonly string[];
}

/** What a recipient sees: a task in the contact center, or a mail that SES accepted. */
export interface Arrival {
  /** Of the task's contact, or of the mail. */
  readonly id: string;
  readonly contactId: string;
  readonly atMs: number;
  readonly as: 'task' | 'email';
  readonly text: string;
  readonly hasRecording: boolean;
}

const MAYBE_BEFORE = 'This message may have reached you before, by email.';

/** Everything that has arrived for anybody, the oldest first. */
export function arrivals({ connect, ses }: Simulator): readonly Arrival[] {
  const tasks = connect
    .tasks()
    .map(
      ({ contactId: id, relatedContactId: contactId = '', createdAtMs: atMs, description, references }) => ({
        id,
        contactId,
        atMs,
        as: 'task' as const,
        text: description,
        hasRecording: references['Recording'] !== undefined,
      }),
    );
  const mails = ses.mails().map(({ messageId: id, headers, atMs, text = '' }) => ({
    id,
    contactId: headers['X-Contact-Id'] ?? '',
    atMs,
    as: 'email' as const,
    text,
    hasRecording: /^http\S+$/m.test(text),
  }));
  return [...tasks, ...mails].toSorted((one, other) => one.atMs - other.atMs);
}

/** Throws an AssertionError unless each was delivered once, whole, and nothing is left to do. */
export function assertDeliveredOnce(simulator: Simulator, contactIds: readonly string[], said: string): void {
  const { voicemails: _, ...wrong } = countDeliveries(simulator, contactIds, said);
  for (const [what, these] of Object.entries(wrong)) assert.deepEqual(these, [], what);
}

/** Counts from the outside: tasks and mails against callers. */
export function countDeliveries(simulator: Simulator, contactIds: readonly string[], said: string): Count {
  const arrived = Map.groupBy(arrivals(simulator), ({ contactId }) => contactId);
  const where = (holds: (ofOne: readonly Arrival[]) => boolean) =>
    contactIds.filter((contactId) => holds(arrived.get(contactId) ?? []));
  return {
    voicemails: contactIds.length,
    lost: where((ofOne) => ofOne.length === 0),
    doubled: where((ofOne) => ofOne.length > 1 && !areAnnounced(ofOne)),
    sentAgainWithNote: where((ofOne) => ofOne.length > 1 && areAnnounced(ofOne)),
    withoutTranscript: where((ofOne) => ofOne.some((one) => !has(one, said))),
    withoutRecording: where((ofOne) => ofOne.some(({ hasRecording }) => !hasRecording)),
    flagged: contactIds.filter(
      (contactId) => simulator.connect.contact(contactId).attributes['vmx3_flag'] !== '0',
    ),
  };
}

function areAnnounced([, ...afterFirst]: readonly Arrival[]): boolean {
  return afterFirst.every((one) => has(one, MAYBE_BEFORE));
}

function has({ text }: Arrival, line: string): boolean {
  return text.split('\n').includes(line);
}
