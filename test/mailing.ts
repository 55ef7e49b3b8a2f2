import type { Delivery } from '../src/domain/delivery.ts';
import type { Email } from '../src/domain/email/email.ts';
import { PermanentError } from '../src/domain/errors.ts';
import type { Mailing } from '../src/domain/ledger-entry.ts';
import { emailVoicemail, type EmailVoicemailPorts } from '../src/steps/email-voicemail.ts';
import { BILLING_ARN, CONTACT_ID, INSTANCE_ARN } from './contact-record.ts';
import { fakeLedger } from './fake-ledger.ts';
import { entryOf, NOW, recordingOf, voicemailOf } from './voicemails.ts';

interface Changes extends Partial<Omit<EmailVoicemailPorts, 'settings'>> {
  readonly settings?: Partial<EmailVoicemailPorts['settings']>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Mails that SES refuses permanently. */
  readonly refuses?: (email: Email) => boolean;
  readonly unrecorded?: boolean | undefined;
  readonly isTest?: boolean | undefined;
  /** Links are switched off. */
  readonly isWithoutLinks?: boolean | undefined;
}

/** A voicemail for Billing that is being delivered by email, with a Map as the ledger. */
export function mailing({
  settings,
  attributes = {},
  refuses,
  unrecorded,
  isWithoutLinks,
  isTest,
  ...changes
}: Changes = {}) {
  const ledger = fakeLedger([entryOf({ state: 'delivering' })]);
  const time = { ms: NOW };
  const mails: Email[] = [];
  const setbacks: string[] = [];
  const missing: string[] = [];
  const unusable: string[] = [];
  const notAllowed: number[] = [];
  const take = async (email: Email) => {
    if (refuses?.(email)) throw new PermanentError('REFUSED', 'no');
    mails.push(email);
    return `mail-${mails.length}`;
  };
  let sendMail = changes.sendMail ?? take;
  const ports: EmailVoicemailPorts = {
    ...ledger.ports,
    addressesOf: async () => ['billing@example.com'],
    readTemplate: async () => ({ subject: 's', text: 't' }),
    readRecording: async () => Uint8Array.of(1, 2, 3),
    instanceArn: INSTANCE_ARN,
    setback: (what, { contactId }) => void setbacks.push(`${what}: ${contactId}`),
    onMissingVariables: (_, names) => void missing.push(...names),
    onUnusableAddresses: (_, names) => void unusable.push(...names),
    onRecipientsNotAllowed: (_, count) => void notAllowed.push(count),
    now: () => time.ms,
    ...changes,
    sendMail: (email) => sendMail(email),
    settings: {
      from: 'Acme Voicemail <vm@example.com>',
      templates: {},
      recording: 'link',
      largestAttachmentBytes: 1000,
      ...settings,
    },
  };
  const delivery = deliveryWith({ attributes, unrecorded, isWithoutLinks, isTest });
  const entry = () => ledger.kept.get(CONTACT_ID);
  const sendKnowing = (known: Mailing | undefined) =>
    emailVoicemail({ delivery, mailing: known, round: 1 }, ports);
  return {
    ledger: ledger.ports,
    time,
    mails,
    setbacks,
    missing,
    unusable,
    notAllowed,
    entry,
    /** From now on SES accepts every mail and returns this id. */
    answerWith(messageId: string) {
      sendMail = async (email) => {
        mails.push(email);
        return messageId;
      };
    },
    sendKnowing,
    send: () => sendKnowing(entry()?.mailing),
  };
}

function deliveryWith({ attributes, unrecorded, isWithoutLinks, isTest }: Changes): Delivery {
  const heard = {
    recording: recordingOf({ durationMs: 45_000, sizeBytes: 3 }),
    transcript: { kind: 'text', text: 'Please call me back.' },
    linkUrl: 'https://links.example.com/r/token',
  } as const;
  return {
    voicemail: voicemailOf({
      ...(attributes && { attributes: { ...attributes } }),
      ...(isTest && { isTest }),
    }),
    recipient: { queueArn: BILLING_ARN, name: 'Billing' },
    notes: [],
    timeZone: 'UTC',
    ...(!unrecorded && heard),
    ...(isWithoutLinks && { isWithoutLinks, linkUrl: undefined }),
  };
}
