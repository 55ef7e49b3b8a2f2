import { parseArgs } from 'node:util';
import { isHeld, isKnownState, LEDGER_STATES } from '../../src/domain/ledger-entry.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import type { SavedRecording } from '../../src/domain/recording-metadata.ts';
import { EXIT, RefusedError, UsageError, type Command } from '../command.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import type { LoneRecording, VoicemailObjects } from '../aws/voicemail-objects.ts';
import { jsonText, table } from '../terminal-text.ts';
import { callerInWords } from './caller-words.ts';
import { eventInWords } from './follow-ups-in-words.ts';
import { COMMON_OPTIONS, COMMON_USAGE, contactIdIn, operations, timeInWords } from './operations.ts';
import { reasonInWords } from './reasons.ts';

/** `vmx show`: what the ledger and the buckets know of one voicemail, and what can be done. */
export function showCommand(wait: (ms: number) => Promise<void>): Command {
  return {
    name: 'show',
    summary: 'show the life of one voicemail, and what to do about it',
    usage: `vmx show CONTACT [--numbers] [options]

  --numbers          with the number to call back, and the name of the customer who has it
${COMMON_USAGE}

Exit code: 0 done, 1 not known here or refused by AWS, 2 not used as described here.`,
    run: async (args, { out }) => {
      const { values, positionals } = parseArgs({
        args: [...args],
        options: { ...COMMON_OPTIONS, numbers: { type: 'boolean', default: false } },
        allowPositionals: true,
      });
      const [contact, ...others] = positionals;
      if (contact === undefined) throw new UsageError('which contact?');
      if (others.length > 0) throw new UsageError('one contact at a time');
      const contactId = contactIdIn(contact);
      const { ledger, objects } = await operations(values, wait);
      const known = await ledger.find(contactId);
      const own = known?.voicemail && (await objects.objectsOf(keysOf(known.voicemail)));
      const lone = own ? undefined : await objects.findRecording(contactId);
      const { keys, hasTranscript = false } = own ?? lone ?? {};
      const gap = keys && hasTranscript ? await objects.gapOf(keys) : undefined;
      const shown =
        known && own ? describeKnown(known, { ...own, gap }, values.numbers) : describeLone(known, lone, gap);
      if (!shown) throw new RefusedError(notKnown(contactId));
      out(values.json ? jsonText(shown) : inWords(shown));
      return EXIT.ok;
    },
  };
}

/** For `vmx redrive` too. */
export function notKnown(contactId: string): string {
  return `nothing is known of ${contactId}: it is not in the ledger, and there is no recording of it. It was no voicemail, or is longer ago than retentionDays`;
}

interface Shown {
  readonly contactId: string;
  readonly state: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly timeline: readonly { readonly at: string; readonly what: string }[];
  readonly next: string;
}

function describeKnown(
  known: KnownVoicemail,
  objects: VoicemailObjects & { readonly gap: string | undefined },
  withNumbers: boolean,
): Shown {
  const { contactId, state, voicemail, times, failureCode, durationMs, isComplete, levels, deliveredAs } =
    known;
  const { keys, recording, hasTranscript } = objects;
  const timeline = [
    { atMs: voicemail?.calledAtMs ?? 0, what: 'called' },
    { atMs: voicemail?.endedAtMs ?? 0, what: 'hung up' },
    ...LEDGER_STATES.map((name) => ({ atMs: times[name] ?? 0, what: name })),
    { atMs: known.taskEnd?.atMs ?? 0, what: endInWords(known) },
    { atMs: known.erasedAtMs ?? 0, what: 'erased' },
    { atMs: returnedAtMsOf(known), what: 'came back, because nobody had taken its task' },
    ...(known.followUps ?? []).map((event) => ({ atMs: event.atMs, what: eventInWords(event) })),
  ];
  const facts = {
    'left for': voicemail?.queueArn,
    ...(withNumbers && {
      'call back': callerInWords(voicemail?.from),
      'customer with it': known.customerName,
    }),
    length:
      durationMs === undefined
        ? undefined
        : `${(durationMs / 1000).toFixed(1)} s${isComplete === false ? ', parts missing' : ''}`,
    'recorded from': known.recordedFrom === 'ivr' ? 'the recording of the automated interaction' : undefined,
    loudness: levels && loudnessInWords(levels),
    recording: `${keys.recordingKey}${recording ? archiveInWords(recording) : ' (not there)'}`,
    transcript: `${keys.transcriptKey}${hasTranscript ? '' : ' (not there)'}`,
    'no words because': objects.gap,
    'delivered as':
      deliveredAs === undefined ? undefined : [deliveredAs, known.deliveredId].filter(Boolean).join(' '),
    'delivered to': known.recipientName,
    notes: known.notes?.join(' ') || undefined,
    'since then': known.followUp?.stage,
    erased:
      known.erasedAtMs === undefined ? undefined : `${timeInWords(known.erasedAtMs)}, by ${known.erasedBy}`,
    held: isHeld(known) ? `since ${timeInWords(known.heldAtMs)}, by ${known.heldBy}` : undefined,
    'hold released':
      known.releasedAtMs === undefined
        ? undefined
        : `${timeInWords(known.releasedAtMs)}, by ${known.releasedBy}`,
    'link revoked': known.linkRevokedAtMs === undefined ? undefined : timeInWords(known.linkRevokedAtMs),
    'pushed on': known.attempts > 0 ? `${known.attempts} times` : undefined,
    reason: failureCode === undefined ? undefined : `${reasonInWords(failureCode)} (${failureCode})`,
  };
  return {
    contactId,
    state,
    facts: given(facts),
    timeline: timeline
      .filter(({ atMs }) => atMs > 0)
      .toSorted((a, b) => a.atMs - b.atMs)
      .map(({ atMs, what }) => ({ at: timeInWords(atMs), what })),
    next: nextFor(known),
  };
}

function archiveInWords({ archive }: Pick<SavedRecording, 'archive'>): string {
  if (!archive) return '';
  return archive === 'restoring' ? ' (archived, being restored)' : ' (archived: vmx restore-recording)';
}

function loudnessInWords({ peak, soundMs }: NonNullable<KnownVoicemail['levels']>): string {
  const loudest = peak > 0 ? `${(20 * Math.log10(peak)).toFixed(0)} dBFS at most` : 'silence';
  return `${loudest}, ${(soundMs / 1000).toFixed(1)} s of sound`;
}

function describeLone(
  known: KnownVoicemail | undefined,
  lone: LoneRecording | undefined,
  gap: string | undefined,
): Shown | undefined {
  if (!lone) return known && describeUnread(known);
  const { keys, voicemail, recording, hasTranscript, isBlank } = lone;
  return {
    contactId: voicemail.contactId,
    state: known ? `${known.state}, but this version cannot read its ledger entry` : 'not in the ledger',
    facts: given({
      'left for': voicemail.queueArn,
      recording: `${keys.recordingKey}${isBlank ? ' (nothing was said)' : ''}${archiveInWords(recording)}`,
      transcript: `${keys.transcriptKey}${hasTranscript ? '' : ' (not there)'}`,
      'no words because': gap,
    }),
    timeline: [
      { at: timeInWords(voicemail.calledAtMs), what: 'called' },
      { at: timeInWords(voicemail.endedAtMs), what: 'hung up' },
    ],
    next: `If no agent has had it: vmx redrive ${voicemail.contactId}`,
  };
}

/** An entry that does not say whose voicemail it is, at least not to this version. */
function describeUnread({ contactId, state, dueAtMs }: KnownVoicemail): Shown {
  return {
    contactId,
    state: `${state}, but this version cannot read its ledger entry`,
    facts: given({ 'looked at again': dueAtMs === undefined ? undefined : timeInWords(dueAtMs) }),
    timeline: [],
    next: 'If a later version of the stack wrote it, use that version and its vmx.',
  };
}

/** An erased one counts as one that came back, so that it does not. */
function returnedAtMsOf({ returnedAtMs = 0, erasedAtMs }: KnownVoicemail): number {
  return returnedAtMs === erasedAtMs ? 0 : returnedAtMs;
}

/** `task ended (EXPIRED), nobody had taken it` */
function endInWords({ taskEnd }: KnownVoicemail): string {
  const reason = taskEnd?.reason ? ` (${taskEnd.reason})` : '';
  return `task ended${reason}, ${taskEnd?.hasAgent ? 'an agent had' : 'nobody had'} taken it`;
}

function nextFor(known: KnownVoicemail): string {
  const { contactId, state, dueAtMs, deliveredAs, deliveredId, taskEnd } = known;
  if (known.erasedAtMs !== undefined)
    return `Nothing: it was erased. If anything of it is left: vmx erase ${contactId}`;
  if (!isKnownState(state)) {
    const look =
      dueAtMs === undefined ? '' : ` \`sweep\` leaves it alone, and looks again at ${timeInWords(dueAtMs)}.`;
    return `A later version of the stack wrote this state.${look} Use that version and its vmx.`;
  }
  switch (state) {
    case 'delivered':
      return taskEnd && !taskEnd.hasAgent && taskEnd.taskId === deliveredId
        ? 'Nobody took its task before it ended. Ask an agent to listen and call back.'
        : 'Nothing: it was delivered.';
    case 'blank':
      return `Nothing was said, so nobody was notified. To deliver it anyway: vmx redrive ${contactId} --blank`;
    case 'parked':
      return deliveredAs === undefined
        ? `Nobody has it. Fix the cause, then: vmx redrive ${contactId}`
        : 'Somebody was notified that it has no recording. If it happens again, see "voicemails have no recording" in docs/operations.md.';
    case 'received':
    case 'recorded':
    case 'transcribing':
    case 'delivering':
      return `It is under way, and looked at again at ${timeInWords(dueAtMs)}. To push it on now: vmx redrive ${contactId}`;
  }
}

function given(facts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

function inWords({ contactId, state, facts, timeline, next }: Shown): string {
  const times = table(timeline.map(({ at, what }) => [at, what]));
  const rows = table(Object.entries(facts).map(([name, value]) => [name, value]));
  return [`${contactId}  ${state}`, '', times, '', rows, '', next].join('\n');
}
