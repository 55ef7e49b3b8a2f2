import { type Email, type EmailTemplate, type RenderedEmail, renderEmail } from '../domain/email/email.ts';
import {
  emailRoute,
  type EmailSettings,
  type RecordingInEmail,
  recordingIn,
} from '../domain/email/email-route.ts';
import { defaultTemplate } from '../domain/email/email-templates.ts';
import { emailVariables } from '../domain/email/email-variables.ts';
import {
  INCOMPLETE,
  lengthInWords,
  NOT_IN_MAIL,
  transcriptInWords,
  unrecordedInWords,
} from '../domain/in-words.ts';
import { PermanentError } from '../domain/errors.ts';
import { keysOf } from '../domain/object-keys.ts';
import { callerNumber } from '../domain/phone-number.ts';
import { type Destination, destinationIn } from '../domain/recipient.ts';
import { testAddress } from '../domain/test-voicemail.ts';
import type { Delivery } from '../domain/delivery.ts';
import { quoted } from '../domain/clean-text.ts';
import type { SetbackPort } from './ports.ts';
import { unlessRefused } from './unless-refused.ts';

export interface ComposeEmailPorts extends SetbackPort {
  /**
   * The addresses of a queue or an agent, the best first; none if it is gone. Throws PermanentError if
   * access is denied.
   */
  readonly addressesOf: (destination: Destination) => Promise<readonly (string | undefined)[]>;
  /** Throws PermanentError TEMPLATE if it does not exist. */
  readonly readTemplate: (name: string) => Promise<EmailTemplate>;
  /** The whole .wav file. Throws PermanentError if it is gone or access is denied. */
  readonly readRecording: (recordingKey: string) => Promise<Uint8Array>;
  readonly settings: EmailSettings & {
    readonly recording: RecordingInEmail;
    /** A larger recording is linked instead. */
    readonly largestAttachmentBytes: number;
  };
  readonly instanceArn: string;
  /** Called with the names of variables that a template uses and the voicemail does not have. */
  readonly onMissingVariables: (contactId: string, names: readonly string[]) => void;
  /** Called with the names of attributes and tags in which something is not an address. */
  readonly onUnusableAddresses: (contactId: string, names: readonly string[]) => void;
  /** Called if recipients were left out because of their domain. */
  readonly onRecipientsNotAllowed: (contactId: string, count: number) => void;
}

export interface ComposedEmail {
  readonly email: Email;
  /** The notes for the recipient in it. */
  readonly notes: readonly string[];
}

/**
 * The mail of a voicemail: to whom, by which template, with the recording or its link.
 * The recording is read only if it is to be attached.
 *
 * Missing parts are replaced, with a note. Throws PermanentError NO_RECIPIENT, or REFUSED without a sender.
 */
export async function composeEmail(delivery: Delivery, ports: ComposeEmailPorts): Promise<ComposedEmail> {
  const { voicemail, recipient, recording } = delivery;
  const { contactId } = voicemail;
  const destination = destinationIn(recipient.queueArn, ports.instanceArn);
  // No attribute, no tag and no setting leads the mail of a test to a person.
  const testTo = voicemail.isTest ? [testAddress(voicemail)] : undefined;
  const kind = destination?.kind ?? 'queue';
  const addresses = destination && !testTo ? await addressesOf(destination, contactId, ports) : [];
  const route = emailRoute({ attributes: voicemail.attributes, addresses, kind, settings: ports.settings });
  if (route.unusable.length > 0 && !testTo) ports.onUnusableAddresses(contactId, route.unusable);
  if (route.notAllowed > 0 && !testTo) ports.onRecipientsNotAllowed(contactId, route.notAllowed);
  const to = testTo ?? route.to;
  if (to.length === 0)
    throw new PermanentError('NO_RECIPIENT', 'there is no address to send this voicemail to');
  const chosen = await templateOf(route.templateName, contactId, ports);
  const attached = await attachmentOf(delivery, ports);
  const incomplete = recording && !recording.isComplete ? [INCOMPLETE] : [];
  const notes = [...delivery.notes, ...route.notes, ...incomplete, ...attached.notes];

  const shown = { ...delivery, notes, ...(!attached.isLinked && { linkUrl: undefined }) };
  const { rendered, notes: allNotes } = await render(shown, { chosen, kind }, ports);
  if (rendered.missing.length > 0) ports.onMissingVariables(contactId, rendered.missing);
  const { subject, html, text } = rendered;
  const { from, replyTo } = route;
  return {
    email: { from, to, replyTo, subject, html, text, contactId, attachment: attached.attachment },
    notes: allNotes,
  };
}

function addressesOf(destination: Destination, contactId: string, ports: ComposeEmailPorts) {
  const what = 'the address of the recipient could not be read';
  return unlessRefused(() => ports.addressesOf(destination), { what, contactId, instead: [] }, ports);
}

interface ChosenTemplate {
  readonly name: string;
  /** Undefined: it does not exist. */
  readonly template: EmailTemplate | undefined;
}

async function templateOf(
  name: string | undefined,
  contactId: string,
  ports: ComposeEmailPorts,
): Promise<ChosenTemplate | undefined> {
  if (name === undefined) return undefined;
  const refusal = { what: 'an email template could not be read', contactId, instead: undefined };
  return { name, template: await unlessRefused(() => ports.readTemplate(name), refusal, ports) };
}

/** Fills in the chosen template, or, if it cannot be used, our own with a note. */
async function render(
  delivery: Delivery,
  { chosen, kind }: { chosen: ChosenTemplate | undefined; kind: 'agent' | 'queue' },
  ports: ComposeEmailPorts,
): Promise<{ readonly rendered: RenderedEmail; readonly notes: readonly string[] }> {
  const { notes, voicemail } = delivery;
  const { template } = chosen ?? {};
  if (template) {
    const what = 'an email template could not be filled';
    const refusal = { what, contactId: voicemail.contactId, instead: undefined };
    const filled = await unlessRefused(
      async () => renderEmail(template, variablesOf(delivery)),
      refusal,
      ports,
    );
    if (filled) return { rendered: filled, notes };
  }
  const instead = chosen
    ? [`The email template ${quoted(chosen.name, 64)} cannot be used; this is the usual one.`]
    : [];
  const told = { ...delivery, notes: [...notes, ...instead] };
  return { rendered: renderEmail(defaultTemplate(kind), variablesOf(told)), notes: told.notes };
}

function variablesOf(delivery: Delivery) {
  const { voicemail, recording, transcript } = delivery;
  return emailVariables({
    ...delivery,
    transcript: recording
      ? transcriptInWords(transcript, recording)
      : unrecordedInWords(callerNumber(voicemail.from)),
    duration: recording && lengthInWords(recording.durationMs),
  });
}

interface Attached {
  readonly attachment?: Email['attachment'];
  readonly isLinked: boolean;
  readonly notes: readonly string[];
}

/** The recording itself, if it is wanted and small enough; else its link, if there are links. */
async function attachmentOf(
  { voicemail, recording, isWithoutLinks }: Delivery,
  ports: ComposeEmailPorts,
): Promise<Attached> {
  const elsewhere = isWithoutLinks ? [NOT_IN_MAIL] : [];
  const { recording: choice, largestAttachmentBytes: largestBytes } = ports.settings;
  // That it is archived is among the notes of the delivery.
  if (!recording || recording.archive || choice === 'link') return { isLinked: true, notes: [] };
  const { isAttached, isLinked } = recordingIn(choice, { sizeBytes: recording.sizeBytes, largestBytes });
  if (!isAttached) return { isLinked, notes: ['The recording is too large to be attached.', ...elsewhere] };
  const { contactId } = voicemail;
  const { recordingKey } = keysOf(voicemail);
  const refusal = { what: 'the recording could not be attached', contactId, instead: undefined };
  const bytes = await unlessRefused(() => ports.readRecording(recordingKey), refusal, ports);
  if (!bytes) return { isLinked: true, notes: ['The recording could not be attached.', ...elsewhere] };
  return { attachment: { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes }, isLinked, notes: [] };
}
