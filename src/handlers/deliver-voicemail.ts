import type { PermanentError } from '../domain/errors.ts';
import { deliveryPushIn, type MailEvent, mailEventIn, parseObjectCreated } from '../domain/queue-messages.ts';
import { loggableContactIdOf } from '../domain/object-keys.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { DeliveryRequest, DeliverOutcome, NotOurs } from '../steps/deliver-voicemail.ts';

export interface DeliverVoicemailDeps {
  readonly deliver: (request: DeliveryRequest) => Promise<DeliverOutcome | NotOurs>;
  readonly noteMailEvent: (event: MailEvent) => Promise<void>;
  readonly log: Log;
  readonly meter: Meter;
}

/** Deals with one queue message: an event of SES, a push, or the event of a transcript. */
export function deliveryQueueMessages({ deliver, noteMailEvent, log, meter }: DeliverVoicemailDeps) {
  return async (message: unknown): Promise<void> => {
    const mailEvent = mailEventIn(message);
    if (mailEvent) return noteMailEvent(mailEvent);
    const request = deliveryPushIn(message) ?? { transcriptKey: parseObjectCreated(message) };
    const done = await deliver(request);
    if (done.kind === 'not-ours') {
      const contactId = 'transcriptKey' in request ? loggableContactIdOf(request.transcriptKey) : undefined;
      log.info('delivery step done', { contactId, outcome: done.kind });
      meter.count('ForeignObjects');
      return;
    }
    const { contactId, kind, deliveredAs } = done;
    log.info('delivery step done', { contactId, outcome: kind, deliveredAs });
  };
}

const LOST_MAILS = {
  Bounce: 'EmailsBounced',
  Complaint: 'EmailsComplained',
  Reject: 'EmailsRejected',
  'Rendering Failure': 'EmailsUnrendered',
} as const satisfies Record<Exclude<MailEvent['kind'], 'Send'>, string>;

/** Writes the reports of the delivery as log lines and counts. `now`: milliseconds since the epoch. */
export function deliveryReports({ log, meter, now }: { log: Log; meter: Meter; now: () => number }) {
  return {
    setback: log.warn,
    onDelivered({ kind, endedAtMs, deliveredAs }: DeliverOutcome): void {
      meter.count(kind === 'delivered' ? 'VoicemailsDelivered' : 'VoicemailsUnrecordable');
      if (kind === 'delivered' && deliveredAs) meter.delivered(deliveredAs);
      meter.timeToDelivery(now() - endedAtMs);
    },
    onMailFailed(contactId: string, error: PermanentError): void {
      meter.count('EmailsRefused');
      log.warn('the voicemail could not be mailed', { contactId, error });
    },
    onMailLost({ kind, contactId, messageId }: MailEvent): void {
      if (kind !== 'Send') meter.count(LOST_MAILS[kind]);
      log.warn('a mail did not arrive, or was not wanted', { contactId, mail: messageId, event: kind });
    },
    onUnusableAddresses(contactId: string, names: readonly string[]): void {
      meter.count('EmailAddressesUnusable');
      log.warn('an attribute or a tag is not an email address', { contactId, names });
    },
    onRecipientsNotAllowed(contactId: string, recipients: number): void {
      meter.count('EmailRecipientsNotAllowed');
      log.warn('recipients were left out, because mails may not go to their domain', {
        contactId,
        recipients,
      });
    },
    onMissingVariables(contactId: string, names: readonly string[]): void {
      meter.count('EmailVariablesMissing');
      log.warn('an email template asks for variables that are not there', { contactId, names });
    },
  };
}
