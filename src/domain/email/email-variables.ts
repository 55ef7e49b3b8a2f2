import { withAliases } from './email-aliases.ts';
import { callTime } from '../call-time.ts';
import { BLANK } from './email-template.ts';
import { callerNumber } from '../phone-number.ts';
import type { Value } from './email-template-values.ts';
import type { Recipient } from '../recipient.ts';
import type { Voicemail } from '../voicemail.ts';

/** The data of a voicemail for a mail. Texts are ready for people. */
export interface EmailFacts {
  readonly voicemail: Voicemail;
  readonly recipient: Recipient;
  /** The customer who has the caller's number. */
  readonly customerName?: string | undefined;
  /** The transcript, or why there is none. */
  readonly transcript: string;
  /** `1 min 5 s`; absent if there is no recording. */
  readonly duration?: string | undefined;
  readonly linkUrl?: string | undefined;
  /** What went wrong before. */
  readonly notes: readonly string[];
  /** IANA zone in which the time is shown. */
  readonly timeZone: string;
}

/** A transcript of an hour is about 60,000 characters. */
const LONGEST_VALUE_CHARS = 100_000;

/**
 * The variables of email templates: the contact's attributes, and ours, which override an attribute of the
 * same name. `{{attributes.[any name]}}` has all attributes, with any name.
 *
 * Ours are always defined, also under the names that older templates have for them. One without a value is empty, or a dash if a sentence would have a hole.
 */
export function emailVariables(facts: EmailFacts): Readonly<Record<string, Value>> {
  const { voicemail, recipient } = facts;
  const attributes = shortened(voicemail.attributes);
  const isForAgent = recipient.queueArn.includes('/queue/agent/');
  const from = callerNumber(voicemail.from);
  return {
    ...attributes,
    ...withAliases(
      shortened({
        caller: from.readable,
        customer_by_number: facts.customerName ?? '',
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
    ),
    attributes,
  };
}

function shortened(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE_CHARS)]),
  );
}
