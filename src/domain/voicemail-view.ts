import { callTime } from './call-time.ts';
import { withCustomer } from './customer.ts';
import { toHtml, toHtmlWithin } from './html.ts';
import { ARCHIVED, INCOMPLETE, lengthInWords, transcriptInWords, unrecordedInWords } from './in-words.ts';
import { callerNumber } from './phone-number.ts';
import type { SavedRecording } from './recording-metadata.ts';
import type { Transcript } from './transcript.ts';
import type { Voicemail } from './voicemail.ts';

/**
 * The data of a voicemail for the agent's guide. Every member is HTML, ready to be put between two tags;
 * only `player` has tags in it. `summary` and `note` may be empty.
 */
export interface VoicemailView {
  readonly heading: string;
  readonly player: string;
  readonly caller: string;
  readonly recipient: string;
  readonly received: string;
  readonly duration: string;
  readonly transcript: string;
  readonly summary: string;
  readonly note: string;
}

/** Why a voicemail's recording cannot be played. */
type PlayerGap =
  /** There never was one: the task said so, and asked to call back if there is a number. */
  | 'UNRECORDED'
  | 'REVOKED'
  /** The configured retention is over. */
  | 'GONE'
  /** It must be restored before it plays. */
  | 'ARCHIVED'
  | 'RESTORING'
  | 'UNREADABLE';

export interface ShownVoicemail {
  readonly voicemail: Voicemail;
  /** Absent until the delivery was noted. */
  readonly recipientName?: string | undefined;
  /** The customer who has the caller's number, if the delivery found one. */
  readonly customerName?: string | undefined;
  /** The notes of the delivery. */
  readonly notes: readonly string[];
  readonly playback: { readonly url: string } | { readonly gap: PlayerGap };
  readonly recording?: SavedRecording | undefined;
  readonly transcript?: Transcript | undefined;
  /** IANA zone in which times are shown. */
  readonly timeZone: string;
}

/**
 * Amazon Connect shows nothing at all if a view's data and the contact's attributes
 * together exceed 16 KB of UTF-8; a quarter is left for what the flow puts around them.
 *
 * Source: Amazon Connect administrator guide, "Show view" block.
 */
const VIEW_BYTES = 12_000;
/** The minimum room for the transcript. If the attributes leave less, the view fails because of them. */
const LEAST_VIEW_BYTES = 6000;
const SHORT_BYTES = 300;
const NOTE_BYTES = 1000;
/** The member's name, and the longest sentence that is added when a transcript is cut. */
const TRANSCRIPT_FRAME_BYTES = 120;

const PLAYER_GAPS: Readonly<Record<Exclude<PlayerGap, 'UNRECORDED'>, string>> = {
  REVOKED: 'The recording was withdrawn.',
  GONE: 'The recording is no longer kept.',
  ARCHIVED: ARCHIVED.archived,
  RESTORING: ARCHIVED.restoring,
  UNREADABLE: 'The recording cannot be played. Please tell an administrator.',
};

/** A voicemail for the agent who accepted it. `attributeBytes`: of the contact's attributes, names and values. */
export function viewOf(shown: ShownVoicemail, attributeBytes: number): VoicemailView {
  const { voicemail, recording, playback } = shown;
  const caller = short(withCustomer(callerNumber(voicemail.from).readable, shown.customerName));
  const recipient = short(shown.recipientName ?? 'Not known');
  const incomplete = recording && !recording.isComplete ? [INCOMPLETE] : [];
  const others = {
    heading: `Voicemail from ${caller}`,
    player: 'url' in playback ? playerOf(playback.url) : toHtml(gapInWords(playback.gap, voicemail)),
    caller,
    recipient,
    received: toHtml(callTime(voicemail.calledAtMs, shown.timeZone)),
    duration: recording ? toHtml(lengthInWords(recording.durationMs)) : 'Not known',
    summary: '',
    note: toHtmlWithin([...shown.notes, ...incomplete].join(' '), NOTE_BYTES).html,
  };
  const roomBytes = Math.max(Math.min(VIEW_BYTES, 15_000 - attributeBytes), LEAST_VIEW_BYTES);
  return { ...others, transcript: transcriptWithin(shown, roomBytes - bytesOf(others)) };
}

/** The view if there is nothing to show: `sentence` says why. */
export function emptyView(sentence: string): VoicemailView {
  const unknown = 'Not known';
  return {
    heading: 'Voicemail',
    player: toHtml(sentence),
    caller: unknown,
    recipient: unknown,
    received: unknown,
    duration: unknown,
    transcript: '',
    summary: '',
    note: '',
  };
}

function gapInWords(gap: PlayerGap, { from }: Voicemail): string {
  return gap === 'UNRECORDED' ? unrecordedInWords(callerNumber(from)) : PLAYER_GAPS[gap];
}

/** Single quotes, so that it is safe in a JSON string that a flow composes. */
function playerOf(url: string): string {
  return `<audio controls controlsList='nodownload' preload='metadata' src='${toHtml(url)}'></audio>`;
}

function transcriptWithin(shown: ShownVoicemail, roomBytes: number): string {
  const room = Math.max(roomBytes - TRANSCRIPT_FRAME_BYTES, 0);
  const { html, isWhole } = toHtmlWithin(transcriptOf(shown), room);
  if (isWhole) return html;
  const rest = 'url' in shown.playback ? ' The recording has all of it.' : '';
  return `${html}… (The transcript is too long to be shown whole.${rest})`;
}

function transcriptOf({ voicemail, playback, recording, transcript }: ShownVoicemail): string {
  const gap = 'gap' in playback ? playback.gap : undefined;
  if (gap === 'UNRECORDED') return gapInWords(gap, voicemail);
  if (gap === 'GONE' && !transcript) return 'The transcript is no longer kept.';
  return transcriptInWords(transcript, recording);
}

/** No name or number is that long, but an attribute can be. */
function short(text: string): string {
  const { html, isWhole } = toHtmlWithin(text, SHORT_BYTES);
  return isWhole ? html : `${html}…`;
}

function bytesOf(members: Readonly<Record<string, string>>): number {
  return Buffer.byteLength(JSON.stringify(members));
}
