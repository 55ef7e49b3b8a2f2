import { callTime } from '../call-time.ts';
import { BLANK, type Value } from './email-template.ts';
import { callerNumber } from '../phone-number.ts';
import type { Recipient } from '../recipient.ts';
import type { Voicemail } from '../voicemail.ts';

/** What a mail says about a voicemail. Words are for people, and finished. */
export interface EmailFacts {
  readonly voicemail: Voicemail;
  readonly recipient: Recipient;
  /** What was said, or why there is no transcript of it. */
  readonly transcript: string;
  /** `1 min 5 s`; absent when there is no recording. */
  readonly duration?: string | undefined;
  readonly linkUrl?: string | undefined;
  /** What went wrong on the way. */
  readonly notes: readonly string[];
  /** IANA zone in which the time is shown. */
  readonly timeZone: string;
}

/** A transcript of an hour is about 60,000 characters. */
const LONGEST_VALUE_CHARS = 100_000;

/**
 * What the templates of emails can name: the contact's attributes, and ours, which
 * win where an attribute has the same name. `{{attributes.[any name]}}` has all
 * attributes, whatever they are called.
 *
 * Ours are always there. One that has nothing to say is empty, or a dash where a
 * sentence would have a hole.
 */
export function emailVariables(facts: EmailFacts): Value {
  const { voicemail, recipient } = facts;
  const attributes = shortened(voicemail.attributes);
  const isForAgent = recipient.queueArn.includes('/queue/agent/');
  const from = callerNumber(voicemail.from);
  return {
    ...attributes,
    ...shortened({
      caller: from.readable,
      callback_number: from.kind === 'number' ? from.e164 : '',
      callback_extension: from.kind === 'number' ? from.extension : '',
      recipient: recipient.name,
      queue: isForAgent ? '' : recipient.name,
      agent: isForAgent ? recipient.name : '',
      time: callTime(voicemail.calledAtMs, facts.timeZone),
      time_utc: new Date(voicemail.calledAtMs).toISOString(),
      duration: facts.duration ?? BLANK,
      transcript: facts.transcript,
      link: facts.linkUrl ?? '',
      note: facts.notes.join('\n'),
      contact_id: voicemail.contactId,
      language: voicemail.language,
    }),
    attributes,
  };
}

function shortened(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE_CHARS)]),
  );
}
