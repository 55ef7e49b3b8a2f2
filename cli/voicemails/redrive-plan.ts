import { isKnownState, type LedgerState } from '../../src/domain/ledger-entry.ts';
import { DUE_AFTER_MS } from '../../src/domain/ledger.ts';
import { type DeliveryPush, objectCreatedPush } from '../../src/domain/queue-messages.ts';
import type { QueueName } from '../aws/deployed-stack.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import type { LoneRecording, VoicemailObjects } from '../aws/voicemail-objects.ts';
import { withoutRecording } from './caller-words.ts';
import { reasonInWords } from './reasons.ts';

/** What a redrive of one voicemail will do. */
export type RedrivePlan =
  | { readonly kind: 'nothing'; readonly why: string }
  | {
      readonly kind: 'push';
      /** `delivers it`: what happens then, in words. */
      readonly does: string;
      readonly queue: QueueName;
      /** What is sent to the queue, as JSON. */
      readonly message: unknown;
      /**
       * The state in which a voicemail that was given up is opened first, so that `sweep` watches it again.
       */
      readonly reopenAs?: { readonly state: LedgerState; readonly dueAfterMs: number } | undefined;
    };

export interface RedriveWishes {
  /** Deliver it although nothing was said. */
  readonly blank: boolean;
}

type Objects = Pick<VoicemailObjects, 'keys' | 'recording' | 'hasTranscript'>;
type Push = Omit<Extract<RedrivePlan, { kind: 'push' }>, 'kind' | 'reopenAs'>;

/** For a voicemail that the ledger knows: on from where it stopped. */
export function planFor(known: KnownVoicemail, objects: Objects, { blank }: RedriveWishes): RedrivePlan {
  const { state, deliveredAs, voicemail, contactId } = known;
  if (!isKnownState(state))
    return nothing(`its state "${state}" is of a later version: use the vmx of that version`);
  if (known.erasedAtMs !== undefined) return nothing('it was erased');
  if (deliveredAs !== undefined) return nothing(deliveredWords(known));
  if (!voicemail) return nothing('its ledger entry cannot be read');
  if (state === 'blank' && !blank) return nothing('nothing was said in it; --blank delivers it anyway');
  if (state === 'blank') return push(deliverNow(contactId, 'delivers it, although nothing was said'));

  const { keys, recording, hasTranscript } = objects;
  if (recording?.archive) return nothing(archivedWords(contactId, recording.archive));
  const opened = (as: LedgerState, dueAfterMs: number, what: Push): RedrivePlan => ({
    ...push(what),
    ...(state === 'parked' && { reopenAs: { state: as, dueAfterMs } }),
  });
  if (!recording && !voicemail.recording) {
    const asking: DeliveryPush = { push: 'deliver', contactId, unrecordable: 'NO_AUDIO' };
    const does = `${withoutRecording(voicemail).does}, as nothing was recorded`;
    return opened('received', DUE_AFTER_MS.recording, { does, queue: 'delivery-queue', message: asking });
  }
  if (!recording) {
    const does = `records it, or ${withoutRecording(voicemail).does} if the audio is gone by now`;
    return opened('received', DUE_AFTER_MS.recording, { does, queue: 'recording-queue', message: voicemail });
  }
  if (hasTranscript)
    return opened('transcribing', DUE_AFTER_MS.delivery, deliverNow(contactId, 'delivers it'));
  if (blank || state === 'transcribing' || state === 'delivering') {
    const does = 'delivers it now, without a transcript';
    return opened('transcribing', DUE_AFTER_MS.delivery, deliverNow(contactId, does));
  }
  const message = objectCreatedPush(keys.recordingKey);
  const transcribing = {
    does: 'has its recording transcribed, and delivers it',
    queue: 'transcription-queue',
  } as const;
  return opened('recorded', DUE_AFTER_MS.transcriptionStart, { ...transcribing, message });
}

/** For a recording that the ledger does not know (any more). */
export function planForRecording(
  {
    keys,
    recording,
    isBlank,
    hasTranscript,
  }: Pick<LoneRecording, 'keys' | 'recording' | 'isBlank' | 'hasTranscript'>,
  { blank }: RedriveWishes,
): RedrivePlan {
  if (isBlank && !blank) return nothing('nothing was said in it; --blank delivers it anyway');
  if (recording.archive) return nothing(archivedWords(keys.contactId, recording.archive));
  if (hasTranscript || isBlank) {
    const message = objectCreatedPush(keys.transcriptKey);
    return push({ does: 'delivers it', queue: 'delivery-queue', message });
  }
  const message = objectCreatedPush(keys.recordingKey);
  return push({ does: 'has it transcribed, and delivers it', queue: 'transcription-queue', message });
}

/** Who got it could not play it. */
function archivedWords(contactId: string, archive: 'archived' | 'restoring'): string {
  return archive === 'restoring'
    ? 'its recording is archived, and being restored: redrive it when it is there'
    : `its recording is archived: vmx restore-recording ${contactId}, and redrive it when it is there`;
}

function deliveredWords({
  state,
  deliveredAs,
  recipientName,
  failureCode,
  voicemail,
}: KnownVoicemail): string {
  const to = recipientName === undefined ? '' : ` for ${recipientName}`;
  const way = `as ${(deliveredAs ?? '').replace('_', ' ')}${to}`;
  if (state !== 'parked') return `it was delivered ${way}`;
  const why = failureCode === undefined ? '' : ` (${reasonInWords(failureCode)})`;
  const what = voicemail ? withoutRecording(voicemail).was : 'a report of a call';
  return `${what} was delivered ${way}${why}`;
}

function deliverNow(contactId: string, does: string): Push {
  const message: DeliveryPush = { push: 'deliver', contactId };
  return { does, queue: 'delivery-queue', message };
}

const nothing = (why: string) => ({ kind: 'nothing', why }) as const;
const push = (what: Push) => ({ kind: 'push', ...what }) as const;
