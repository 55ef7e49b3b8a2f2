import { callTime } from './call-time.ts';
import { oneLine } from './clean-text.ts';
import { attributeOf, type TaskAttributeName } from './contact-attributes.ts';
import { withCustomer } from './customer.ts';
import { cut } from './cut.ts';
import type { Delivery } from './delivery.ts';
import { INCOMPLETE, lengthInWords, transcriptInWords, unrecordedInWords } from './in-words.ts';
import { type CallerNumber, callerNumber } from './phone-number.ts';
import { recipientInWords } from './recipient.ts';
import type { Voicemail } from './voicemail.ts';

/** Amazon Connect's limits for StartTaskContact, in characters or UTF-8 bytes as it counts them. */
const NAME_CHARS = 1024;
const DESCRIPTION_CHARS = 4096;
const REFERENCES_BYTES = 4096;
const ATTRIBUTES_BYTES = 32_768;
const ATTRIBUTE_NAME = /^[A-Za-z0-9_-]+$/;

/** A task, ready for Amazon Connect. */
export interface Task {
  readonly name: string;
  readonly description: string;
  readonly references: readonly Reference[];
  readonly attributes: Readonly<Record<string, string>>;
}

interface Reference {
  readonly name: string;
  readonly type: 'URL' | 'STRING';
  readonly value: string;
}

/**
 * The task that brings a voicemail to an agent, always within Connect's limits, and in whole characters. `where`: a
 * sentence that says where its recording is, if there is one and it has no link.
 */
export function taskFor(delivery: Delivery, where?: string): Task {
  const { voicemail, recipient, customerName } = delivery;
  const from = callerNumber(voicemail.from);
  const who = withCustomer(from.readable, customerName);
  const { preferredAgent } = recipient;
  return {
    name: cut(oneLine(`Voicemail from ${who} for ${recipientInWords(recipient)}`), NAME_CHARS),
    description: cut(descriptionOf(delivery, where), DESCRIPTION_CHARS),
    references: fitReferences(referencesOf(delivery)),
    attributes: fitAttributes(
      {
        vmx3_flag: '0',
        vmx3_queue_arn: recipient.queueArn,
        vmx3_contact_id: voicemail.contactId,
        // A task starts with a copy of the call's attributes, and their request is not always fulfilled.
        vmx3_target: preferredAgent ? 'agent' : 'queue',
        ...(preferredAgent && { vmx3_preferred_agent_id: preferredAgent.userId }),
        ...numberAttributes(from, voicemail.attributes),
        ...testAttribute(voicemail),
      },
      voicemail.attributes,
    ),
  };
}

function descriptionOf(
  { voicemail, recording, transcript, notes }: Delivery,
  where: string | undefined,
): string {
  const incomplete = recording && !recording.isComplete ? [INCOMPLETE] : [];
  const said = recording
    ? transcriptInWords(transcript, recording)
    : unrecordedInWords(callerNumber(voicemail.from));
  return [...notes, ...incomplete, where ?? [], said].flat().map(oneLine).join('\n');
}

/** E.164 if it is a number; for machines and dial pads. Undefined if it was withheld. */
function numberToCall(from: CallerNumber): string | undefined {
  if (from.kind === 'withheld') return undefined;
  return from.kind === 'number' ? from.e164 : from.readable;
}

type TaskAttributes = Readonly<Partial<Record<TaskAttributeName, string>>>;

/**
 * The task starts with a copy of the call's attributes, so attributes that are not true for the task are
 * emptied.
 */
function numberAttributes(from: CallerNumber, attributes: Voicemail['attributes']): TaskAttributes {
  const copied = attributeOf(attributes, 'vmx3_from_extension');
  const extension = from.kind === 'number' ? from.extension : '';
  return {
    vmx3_from: numberToCall(from) ?? '',
    ...((extension !== '' || copied !== undefined) && { vmx3_from_extension: extension }),
  };
}

/** A call that says so is none: the end of its task must count. */
function testAttribute({ isTest, attributes }: Voicemail): TaskAttributes {
  if (isTest) return { vmx3_test: '1' };
  return attributeOf(attributes, 'vmx3_test') === undefined ? {} : { vmx3_test: '' };
}

function referencesOf({ voicemail, recording, linkUrl, timeZone, customerName }: Delivery): Reference[] {
  const from = callerNumber(voicemail.from);
  const toCall = numberToCall(from);
  return [
    ...(linkUrl ? [{ name: 'Recording', type: 'URL', value: linkUrl } as const] : []),
    ...(toCall ? [{ name: 'Call back', type: 'STRING', value: toCall } as const] : []),
    ...(from.kind === 'number' && from.extension
      ? [{ name: 'Extension', type: 'STRING', value: from.extension } as const]
      : []),
    ...(customerName === undefined
      ? []
      : [{ name: 'Customer with this number', type: 'STRING', value: customerName } as const]),
    { name: 'Received', type: 'STRING', value: callTime(voicemail.calledAtMs, timeZone) },
    ...(recording
      ? [{ name: 'Length', type: 'STRING', value: lengthInWords(recording.durationMs) } as const]
      : []),
  ];
}

/** All references of a contact count together; the ones that come first matter most. */
function fitReferences(references: readonly Reference[]): Reference[] {
  let room = REFERENCES_BYTES;
  return references.filter(({ name, value }) => {
    const size = Buffer.byteLength(name) + Buffer.byteLength(value);
    if (size > room) return false;
    room -= size;
    return true;
  });
}

/** Ours first; then the customer's, if their names are allowed and there is room. */
function fitAttributes(ours: TaskAttributes, others: Record<string, string>): Record<string, string> {
  let room = ATTRIBUTES_BYTES;
  const wellFormed = Object.entries({ ...ours, ...others, ...ours }).map(
    ([name, value]) => [name, value.toWellFormed()] as const,
  );
  const fitting = wellFormed.filter(([name, value]) => {
    const size = Buffer.byteLength(name) + Buffer.byteLength(value);
    if (size > room || !ATTRIBUTE_NAME.test(name)) return false;
    room -= size;
    return true;
  });
  return Object.fromEntries(fitting);
}
