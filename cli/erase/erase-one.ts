import { isHeld, type ReadableMembers } from '../../src/domain/ledger-entry.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import type { Voicemail } from '../../src/domain/voicemail.ts';
import type { Stored } from '../aws/erasure/voicemail-stores.ts';
import { timeInWords } from '../voicemails/operations.ts';
import type { ErasingOperations } from './erasing-operations.ts';

export interface Wishes {
  /** False: says what would be erased, and changes nothing. */
  readonly isForReal: boolean;
  readonly withContactData: boolean;
}

export interface Erased {
  readonly contactId: string;
  /** `would-erase`: nothing was changed. `unfinished`: some of it is left, for now. */
  readonly kind: 'erased' | 'would-erase' | 'unfinished' | 'held' | 'unknown' | 'refused';
  /** What was deleted, or would be, in words. */
  readonly deleted: readonly string[];
  /** What must be done for the rest, in words. */
  readonly left: readonly string[];
  /** What stays with others, in words: the numbers of tasks, Amazon Connect's own recording. */
  readonly elsewhere: readonly string[];
}

type Found = ReadableMembers & { readonly voicemail: Voicemail };

/** A delivery holds its lease for a minute and a half, at most. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 5_000;

/**
 * Erases one voicemail. First the ledger: from then on no step begins anything, and what one writes to the ledger is
 * refused. Then the task, then the objects and jobs; and at the end once more what came meanwhile.
 */
export async function eraseOne(contactId: string, wishes: Wishes, on: ErasingOperations): Promise<Erased> {
  const outcome = (kind: Erased['kind'], more: Partial<Erased> = {}): Erased => {
    return { contactId, kind, deleted: [], left: [], elsewhere: [], ...more };
  };
  const entry = await on.erasure.find(contactId);
  const found = entry ?? (await lone(contactId, on));
  if (!found) return outcome('unknown', { left: ['the ledger does not know it, and there is no recording'] });
  if (isHeld(found)) return outcome('held', { left: [heldInWords(contactId)] });
  const { voicemail } = found;
  if (!voicemail) return outcome('refused', { left: ['its entry cannot be read by this version'] });

  const whole: Found = { ...found, voicemail };
  const elsewhere = elsewhereIn(whole);
  if (!wishes.isForReal) {
    const stored = await on.stores.find(keysOf(voicemail));
    return outcome('would-erase', { deleted: inWords(stored, whole, wishes), elsewhere });
  }
  const marked = await mark({ found: whole, isNew: !entry }, on);
  if (marked.kind === 'held') return outcome('held', { left: [heldInWords(contactId)] });
  if (marked.kind === 'busy')
    return outcome('refused', { left: ['it is being delivered right now: erase it again in two minutes'] });
  const task = openTaskOf(whole);
  const hadTask = task !== undefined && (await on.tasks.end(task));
  const first = await on.stores.remove(keysOf(voicemail));
  const connect = wishes.withContactData ? await eraseContacts(whole, on) : { left: [], elsewhere: [] };
  const again = await on.stores.remove(keysOf(voicemail));
  const left = [...connect.left, ...leftIn(again, marked.found, on)];
  return outcome(left.length === 0 ? 'erased' : 'unfinished', {
    deleted: [
      ...inWords(first, whole, wishes),
      ...(hadTask ? [`task ${task} was ended`] : []),
      ...again.objects.map(({ what }) => `${what}, which came meanwhile`),
    ],
    left,
    elsewhere: [...elsewhere, ...connect.elsewhere],
  });
}

/** A recording whose entry is gone. */
async function lone(contactId: string, on: ErasingOperations): Promise<ReadableMembers | undefined> {
  const recording = await on.objects.findRecording(contactId);
  return recording && { contactId, voicemail: recording.voicemail };
}

interface Mark {
  readonly kind: 'erased' | 'held' | 'busy';
  /** The entry as it is then. */
  readonly found: ReadableMembers | undefined;
}

async function mark(
  { found, isNew }: { readonly found: Found; readonly isNew: boolean },
  on: ErasingOperations,
): Promise<Mark> {
  const { contactId } = found.voicemail;
  let now: ReadableMembers = found;
  for (let look = 1; ; look += 1) {
    // Erased before: this only looks for what is left.
    if (now.erasedAtMs !== undefined) return { kind: 'erased', found: now };
    const { voicemail = found.voicemail } = now;
    const kind = await on.erasure.erase({ ...now, voicemail }, await on.callerArn(), isNew && look === 1);
    if (kind !== 'busy') return { kind, found: await on.erasure.find(contactId) };
    if (look === LOOKS) return { kind, found: now };
    await on.wait(BETWEEN_LOOKS_MS);
    now = (await on.erasure.find(contactId)) ?? now;
  }
}

function openTaskOf({ deliveredAs, deliveredId, taskEnd }: ReadableMembers): string | undefined {
  return deliveredAs === 'email' || taskEnd?.taskId === deliveredId ? undefined : deliveredId;
}

async function eraseContacts({ deliveredAs, deliveredId, voicemail }: Found, on: ErasingOperations) {
  const task = deliveredAs === 'email' ? undefined : deliveredId;
  const contacts = [
    { contactId: voicemail.contactId, hasNumber: true },
    ...(task === undefined ? [] : [{ contactId: task, hasNumber: false }]),
  ];
  const left: string[] = [];
  const elsewhere: string[] = [];
  for (const { contactId, hasNumber } of contacts) {
    const done = await on.contactData.erase(contactId, { hasNumber });
    if (done.kind === 'not-ended')
      left.push(
        `Amazon Connect erases only contacts that have ended, and ${contactId} has not: erase again then`,
      );
    if (done.kind === 'erased' && done.others.length > 0)
      elsewhere.push(`contact ${contactId} has attributes of your flows: ${done.others.join(', ')}`);
  }
  return { left, elsewhere };
}

function leftIn(
  { jobs }: Stored,
  entry: ReadableMembers | undefined,
  on: ErasingOperations,
): readonly string[] {
  const { lateWritesUntilMs = 0 } = entry ?? {};
  return [
    ...(jobs.some(({ isRunning }) => isRunning)
      ? ['Amazon Transcribe still works on it, and does not let go: erase it again in some minutes']
      : []),
    ...(on.erasure.now() < lateWritesUntilMs
      ? [
          `it was on its way, and a step that had begun can still store it: erase it again after ${timeInWords(lateWritesUntilMs)}`,
        ]
      : []),
  ];
}

function inWords(
  { objects, jobs }: Stored,
  { erasedAtMs }: ReadableMembers,
  wishes: Wishes,
): readonly string[] {
  return [
    ...objects.map(({ what, key, versions }) => `${what} ${key}, versions: ${versions}`),
    ...jobs.map(({ name, isRunning }) => `transcription job ${name}${isRunning ? ' (still runs)' : ''}`),
    ...(erasedAtMs === undefined ? ['number, name, attributes, notes and loudness in the ledger'] : []),
    ...(wishes.withContactData ? ['number and attributes of its contacts in Amazon Connect'] : []),
  ];
}

function elsewhereIn({ deliveredAs, deliveredId, voicemail }: Found): readonly string[] {
  const { recording, secondRecording } = voicemail;
  const ivr = [recording, secondRecording].filter((one) => one?.kind === 's3');
  return [
    ...(deliveredId === undefined
      ? []
      : deliveredAs === 'email'
        ? [`a mail was sent: ${deliveredId}`]
        : [`task ${deliveredId} keeps its name, description and attachments in Amazon Connect`]),
    ...ivr.map((one) => `Amazon Connect's own recording: s3://${one.bucket}/${one.key}`),
    ...(recording?.kind === 'kvs'
      ? [`the video stream ${recording.streamArn}, until its retention ends`]
      : []),
  ];
}

function heldInWords(contactId: string): string {
  return `somebody holds it, so nothing of it was erased: vmx release-hold ${contactId}`;
}
