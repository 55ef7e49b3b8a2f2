import { type Email, type EmailTemplate, type RenderedEmail, renderEmail } from '../domain/email.ts';
import { emailRoute, type EmailSettings, type RecordingInEmail, recordingIn } from '../domain/email-route.ts';
import { defaultTemplate } from '../domain/email-templates.ts';
import { emailVariables } from '../domain/email-variables.ts';
import { PermanentError } from '../domain/errors.ts';
import { INCOMPLETE, lengthInWords, transcriptInWords, UNRECORDED } from '../domain/in-words.ts';
import { keysOf } from '../domain/object-keys.ts';
import { type Destination, destinationIn } from '../domain/recipient.ts';
import type { Delivery } from '../domain/task.ts';
import { cut } from '../domain/cut.ts';

export interface ComposeEmailPorts {
  /** Of a queue or an agent, the best first; none if it is gone. Throws PermanentError if they may not be read. */
  readonly addressesOf: (destination: Destination) => Promise<readonly (string | undefined)[]>;
  /** Throws PermanentError TEMPLATE for one that is not there. */
  readonly readTemplate: (name: string) => Promise<EmailTemplate>;
  /** The whole .wav file. Throws PermanentError if it is gone or may not be read. */
  readonly readRecording: (recordingKey: string) => Promise<Uint8Array>;
  readonly settings: EmailSettings & {
    readonly recording: RecordingInEmail;
    /** A larger recording is linked to instead. */
    readonly largestAttachmentBytes: number;
  };
  readonly instanceArn: string;
  /** Told of what went wrong without stopping the delivery. */
  readonly onSetback: (what: string, error: unknown) => void;
  /** Told the names of variables that a template asks for and the voicemail does not have. */
  readonly onMissingVariables: (contactId: string, names: readonly string[]) => void;
}

export interface ComposedEmail {
  readonly email: Email;
  /** What the recipient is told in it. */
  readonly notes: readonly string[];
}

/**
 * The mail of a voicemail: to whom, by which template, with the recording or its link.
 * `sizeBytes`: of the recording, if there is one. The recording is read only if it is to
 * be attached.
 *
 * What cannot be had is replaced, with a note. Throws PermanentError NO_RECIPIENT, or
 * REFUSED without a sender.
 */
export async function composeEmail(
  delivery: Delivery,
  sizeBytes: number | undefined,
  ports: ComposeEmailPorts,
): Promise<ComposedEmail> {
  const { voicemail, recipient, recording } = delivery;
  const destination = destinationIn(recipient.queueArn, ports.instanceArn);
  const kind = destination?.kind ?? 'queue';
  const addresses = destination ? await addressesOf(destination, ports) : [];
  const route = emailRoute({ attributes: voicemail.attributes, addresses, kind, settings: ports.settings });
  const chosen = await templateOf(route.templateName, ports);
  const attached = await attachmentOf(delivery, sizeBytes, ports);
  const incomplete = recording && !recording.isComplete ? [INCOMPLETE] : [];
  const notes = [...delivery.notes, ...route.notes, ...incomplete, ...attached.notes];

  const shown = { ...delivery, notes, ...(!attached.isLinked && { linkUrl: undefined }) };
  const { rendered, notes: allNotes } = render(shown, { chosen, kind }, ports);
  if (rendered.missing.length > 0) ports.onMissingVariables(voicemail.contactId, rendered.missing);
  const { subject, html, text } = rendered;
  const { from, to, replyTo } = route;
  const { contactId } = voicemail;
  return {
    email: { from, to, replyTo, subject, html, text, contactId, attachment: attached.attachment },
    notes: allNotes,
  };
}

async function addressesOf(destination: Destination, ports: ComposeEmailPorts) {
  try {
    return await ports.addressesOf(destination);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('the address of the recipient could not be read', error);
    return [];
  }
}

interface ChosenTemplate {
  readonly name: string;
  /** Absent: it cannot be had. */
  readonly template?: EmailTemplate;
}

async function templateOf(
  name: string | undefined,
  ports: ComposeEmailPorts,
): Promise<ChosenTemplate | undefined> {
  if (name === undefined) return undefined;
  try {
    return { name, template: await ports.readTemplate(name) };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('an email template could not be read', error);
    return { name };
  }
}

/** By the chosen template, or, where it cannot be used, by our own with a note. */
function render(
  delivery: Delivery,
  { chosen, kind }: { chosen: ChosenTemplate | undefined; kind: 'agent' | 'queue' },
  ports: ComposeEmailPorts,
): { readonly rendered: RenderedEmail; readonly notes: readonly string[] } {
  const { notes } = delivery;
  try {
    if (chosen?.template) return { rendered: renderEmail(chosen.template, variablesOf(delivery)), notes };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('an email template could not be filled', error);
  }
  const instead = chosen
    ? [`The email template "${cut(chosen.name, 64)}" cannot be used; this is the usual one.`]
    : [];
  const told = { ...delivery, notes: [...notes, ...instead] };
  return { rendered: renderEmail(defaultTemplate(kind), variablesOf(told)), notes: told.notes };
}

function variablesOf(delivery: Delivery) {
  const { recording, transcript } = delivery;
  return emailVariables({
    ...delivery,
    transcript: recording ? transcriptInWords(transcript, recording.isBlank) : UNRECORDED,
    duration: recording && lengthInWords(recording.durationMs),
  });
}

interface Attached {
  readonly attachment?: Email['attachment'];
  readonly isLinked: boolean;
  readonly notes: readonly string[];
}

/** The recording itself, if it is wanted and small enough; else its link. */
async function attachmentOf(
  { voicemail }: Delivery,
  sizeBytes: number | undefined,
  ports: ComposeEmailPorts,
): Promise<Attached> {
  const { recording: choice, largestAttachmentBytes: largestBytes } = ports.settings;
  if (sizeBytes === undefined || choice === 'link') return { isLinked: true, notes: [] };
  const { isAttached, isLinked } = recordingIn(choice, { sizeBytes, largestBytes });
  if (!isAttached) return { isLinked, notes: ['The recording is too large to be attached.'] };
  try {
    const bytes = await ports.readRecording(keysOf(voicemail).recordingKey);
    return {
      attachment: { fileName: 'voicemail.wav', contentType: 'audio/wav', bytes },
      isLinked,
      notes: [],
    };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    ports.onSetback('the recording could not be attached', error);
    return { isLinked: true, notes: ['The recording could not be attached.'] };
  }
}
