import type { PermanentError } from '../domain/errors.ts';
import {
  deliveryPushIn,
  type MailEvent,
  mailEventIn,
  parseObjectCreated,
  taskEndedIn,
} from '../domain/queue-messages.ts';
import { loggableContactIdOf } from '../domain/object-keys.ts';
import type { TaskEnd } from '../domain/task-end.ts';
import { followUpNewsIn, type FollowUpNews } from '../domain/task-follow-up.ts';
import type { Log } from '../log.ts';
import type { Meter } from '../metrics.ts';
import type { DeliveryRequest, DeliverOutcome, NotOurs } from '../steps/deliver-voicemail.ts';
import type { FollowUpOutcome } from '../steps/note-follow-up.ts';
import type { NotAttached } from '../steps/start-task.ts';
import type { TaskEndOutcome } from '../steps/note-task-end.ts';

export interface DeliverVoicemailDeps {
  readonly deliver: (request: DeliveryRequest) => Promise<DeliverOutcome | NotOurs>;
  readonly noteMailEvent: (event: MailEvent) => Promise<void>;
  readonly noteTaskEnd: (end: TaskEnd) => Promise<TaskEndOutcome>;
  readonly noteFollowUp: (news: FollowUpNews) => Promise<FollowUpOutcome>;
  readonly log: Log;
  readonly meter: Meter;
}

/**
 * Deals with one queue message: an event of SES, what happened after a delivery, the end of a task, a push, or the event
 * of a transcript.
 */
export function deliveryQueueMessages({
  deliver,
  noteMailEvent,
  noteTaskEnd,
  noteFollowUp,
  log,
  meter,
}: DeliverVoicemailDeps) {
  /** Undefined: there is nothing to deliver. */
  async function requestIn(message: unknown): Promise<DeliveryRequest | undefined> {
    const end = taskEndedIn(message);
    if (!end) return deliveryPushIn(message) ?? { transcriptKey: parseObjectCreated(message) };
    const { contactId, reason } = end;
    const outcome = await noteTaskEnd(end);
    log.info('task ended', { contactId, outcome, reason });
    return outcome === 'comes-back' ? { push: 'deliver', contactId } : undefined;
  }

  return async (message: unknown): Promise<void> => {
    const mailEvent = mailEventIn(message);
    if (mailEvent) return noteMailEvent(mailEvent);
    const news = followUpNewsIn(message);
    if (news) {
      const outcome = await noteFollowUp(news);
      // Tasks of others are related to calls as well.
      if (outcome !== 'not-ours') log.info('follow-up noted', { contactId: news.contactId, outcome });
      return;
    }
    const request = await requestIn(message);
    if (!request) return;
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
    onNoLink: () => meter.count('LinksFailed'),
    onNotAttached(contactId: string, why: NotAttached): void {
      meter.count('AttachmentsFailed');
      log.warn('the recording could not be attached to the task', { contactId, ...why });
    },
    onCustomerUnknown(contactId: string, error: unknown): void {
      meter.count('CustomersUnknown');
      log.warn('the customer with the number could not be looked up', { contactId, error });
    },
    onNotNotified(contactId: string, error: unknown): void {
      meter.count('NotificationsFailed');
      log.warn('agents could not be notified of a task', { contactId, error });
    },
    onAgentsLeftOut(contactId: string): void {
      log.info('a queue has more agents than a notification can have', { contactId });
    },
    onDelivered({ kind, endedAtMs, deliveredAs, hasComeBack, round, isTest }: DeliverOutcome): void {
      if (isTest) return;
      // It was counted with its first task, and how long that waited is no time of delivery.
      if (hasComeBack) return meter.count('VoicemailsReturned');
      // Somebody has reopened or assigned it.
      if (round > 1) return;
      meter.count(kind === 'delivered' ? 'VoicemailsDelivered' : 'VoicemailsUnrecordable');
      if (kind === 'delivered' && deliveredAs) meter.delivered(deliveredAs);
      meter.timeToDelivery(now() - endedAtMs);
    },
    onEndedUnseen({ contactId, reason }: TaskEnd): void {
      log.error('the task of a voicemail ended, and nobody had taken it', { contactId, reason });
      meter.count('TasksEndedUnseen');
      // Before it is noted: after that, nobody counts it again.
      meter.flush();
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
