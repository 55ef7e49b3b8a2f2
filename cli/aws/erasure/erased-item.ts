import { DELIVERY_MODES } from '../../../src/domain/delivery-mode.ts';
import type { FollowUpEvent } from '../../../src/domain/follow-up.ts';
import {
  LEDGER_SCHEMA_VERSION,
  NEVER_EXPIRES,
  OPEN_STATES,
  type ReadableMembers,
} from '../../../src/domain/ledger-entry.ts';
import type { Voicemail } from '../../../src/domain/voicemail.ts';

/** A little longer than the longest time-out of a step that writes objects, that of `save-recording`. */
const LATE_WRITES_MS = 330_000;

/**
 * Amazon Connect sends a contact's record again for 24 months whenever it changes. So long, and a month more, the
 * ledger must know the voicemail: else it would come back.
 */
const KNOWN_FOR_MS = 761 * 86_400_000;

/** Members with times, names of ours, ids and sizes: nothing of the person, and nothing that was said. */
const KEPT = [
  'receivedAtMs',
  'recordedAtMs',
  'transcribingAtMs',
  'deliveringAtMs',
  'deliveredAtMs',
  'blankAtMs',
  'parkedAtMs',
  'recordingKey',
  'durationMs',
  'isComplete',
  'sizeBytes',
  'isBlank',
  'recordedFrom',
  'deliveredId',
  'recipientArn',
  'timeZone',
  'deliveryRound',
  'failureCode',
  'linkRevokedAtMs',
  'taskEnd',
  'heldAtMs',
  'heldBy',
  'releasedAtMs',
  'releasedBy',
] as const satisfies readonly (keyof ReadableMembers)[];

/** Codes such as `en-US` and `auto`; a flow can write anything. */
const LANGUAGE = /^[a-z]{2,4}(?:-[A-Z]{2})?$/;

/**
 * What is left of an entry: the fact, by a list of what may stay, so that members which this version does not know go
 * too.
 *
 * It is `delivered` and has a mode, whatever happened: no step of any version, no message that waits, and no sweep
 * touches such an entry. It has come back, so that no end of its task brings it back. It is in no index.
 */
export function erasedItem(
  read: ReadableMembers & { readonly voicemail: Voicemail },
  { contactId, atMs, by }: { readonly contactId: string; readonly atMs: number; readonly by: string },
): Readonly<Record<string, unknown>> {
  const { deliveredAs, returnedAtMs = atMs, followUps, followUpVersion = 0, voicemail } = read;
  const expiresAt = Math.max(read.expiresAt ?? 0, Math.ceil((voicemail.endedAtMs + KNOWN_FOR_MS) / 1000));
  return {
    contactId,
    schemaVersion: LEDGER_SCHEMA_VERSION,
    state: 'delivered',
    attempts: 0,
    ...Object.fromEntries(KEPT.map((name) => [name, read[name]])),
    deliveredAs: DELIVERY_MODES.find((mode) => mode === deliveredAs) ?? 'task',
    returnedAtMs,
    voicemail: withoutPerson(voicemail),
    ...(followUps && { followUps: followUps.map(withoutWords) }),
    // Who read the events before has to read them again.
    followUpVersion: followUpVersion + 1,
    expiresAt: Math.min(expiresAt, NEVER_EXPIRES),
    erasedAtMs: atMs,
    erasedBy: by,
    ...(OPEN_STATES.some((state) => state === read.state) && { lateWritesUntilMs: atMs + LATE_WRITES_MS }),
  };
}

function withoutPerson(voicemail: Voicemail): Voicemail {
  const { contactId, instanceArn, calledAtMs, endedAtMs, queueArn, language, isTest } = voicemail;
  const { recording, secondRecording } = voicemail;
  const mode = DELIVERY_MODES.find((one) => one === voicemail.mode);
  return {
    contactId,
    instanceArn,
    calledAtMs,
    endedAtMs,
    language: LANGUAGE.test(language) ? language : 'auto',
    attributes: {},
    ...(queueArn !== undefined && { queueArn }),
    ...(mode && { mode }),
    // Where Amazon Connect keeps its own, which stays there.
    ...(recording && { recording }),
    ...(secondRecording && { secondRecording }),
    ...(isTest && { isTest }),
  };
}

/** What happened, when and by whom; not what the person wrote about it. */
function withoutWords({ id, kind, atMs, at, by, taskId, to, outcome }: FollowUpEvent): FollowUpEvent {
  return {
    id,
    kind,
    atMs,
    at,
    ...(by !== undefined && { by }),
    ...(taskId !== undefined && { taskId }),
    ...(to !== undefined && { to }),
    ...(outcome !== undefined && { outcome }),
  };
}
