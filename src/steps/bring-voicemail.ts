import type { DeliveryMode, TaskMode, Way } from '../domain/delivery-mode.ts';
import { type Delivery, type VoicemailToMail, withNotes } from '../domain/delivery.ts';
import { PermanentError } from '../domain/errors.ts';
import { MAYBE_MAILED } from '../domain/in-words.ts';
import type { MailedVoicemail } from './email-voicemail.ts';
import type { ClockPort } from './ports.ts';
import { startTaskFor, type TaskStartingPorts } from './start-task.ts';

/** Delivers a voicemail, in one of several ways. */
export interface BringingPorts extends TaskStartingPorts, ClockPort {
  /** How long a task waits, at most. */
  readonly taskLifeMs: number;
  /** How long recordings are kept. */
  readonly retentionMs: number;
  /** Sends it by email, see `emailVoicemail`. Absent: email is not set up. */
  readonly mail?: ((voicemail: VoicemailToMail) => Promise<MailedVoicemail>) | undefined;
  readonly defaultMode: DeliveryMode;
  readonly flowIds: Readonly<Record<TaskMode, string>>;
  /** Called for a voicemail that could not be mailed and is delivered in another way. */
  readonly onMailFailed: (contactId: string, error: PermanentError) => void;
}

export interface Delivered {
  readonly deliveredAs: DeliveryMode;
  readonly deliveredId: string;
  /** The delivery, with the notes for the recipient. */
  readonly delivery: Delivery;
}

/** Uses the first way that works; throws the error of the last one. */
export async function bringBy(
  [way, ...others]: readonly [Way, ...Way[]],
  mail: VoicemailToMail,
  ports: BringingPorts,
): Promise<Delivered> {
  try {
    return await bringOneWay(way, { mail, isLast: others.length === 0 }, ports);
  } catch (error) {
    const [next, ...rest] = others;
    if (!(error instanceof PermanentError) || !next) throw error;
    const { contactId } = mail.delivery.voicemail;
    if (way.mode === 'email') {
      ports.onMailFailed(contactId, error);
      return bringBy([next, ...rest], withNotes(mail, notesAfterMail(mail, error)), ports);
    }
    ports.setback('a contact flow did not take the task', { contactId, error });
    return bringBy([next, ...rest], mail, ports);
  }
}

async function bringOneWay(
  way: Way,
  { mail, isLast }: { mail: VoicemailToMail; isLast: boolean },
  ports: BringingPorts,
): Promise<Delivered> {
  const told = withNotes(mail, way.notes);
  const { delivery } = told;
  if (way.mode === 'email') {
    if (!ports.mail) throw new PermanentError('REFUSED', 'delivery by email is not set up');
    const { messageId, notes } = await ports.mail(told);
    return { deliveredAs: way.mode, deliveredId: messageId, delivery: { ...delivery, notes } };
  }
  const { contactId, endedAtMs } = delivery.voicemail;
  const target = {
    contactId,
    flowId: way.flowId,
    lifeMs: taskLifeMs(endedAtMs, ports),
    round: mail.round,
  };
  const deliveredId = await startTaskFor(delivery, { mode: way.mode, target, isLast }, ports);
  return { deliveredAs: way.mode, deliveredId, delivery };
}

/** A task is of no use after its recording is deleted; but somebody must have a day to take it. */
function taskLifeMs(endedAtMs: number, ports: BringingPorts): number {
  const keptMs = endedAtMs + ports.retentionMs - ports.now();
  return Math.min(ports.taskLifeMs, Math.max(keptMs, LEAST_TASK_LIFE_MS));
}

const LEAST_TASK_LIFE_MS = 86_400_000;

function notesAfterMail({ mailing }: VoicemailToMail, { code }: PermanentError): readonly string[] {
  return [
    ...(mailing && mailing.tries > 0 ? [MAYBE_MAILED] : []),
    ...(code === 'NO_RECIPIENT' ? ['There is no email address that this message can go to.'] : []),
  ];
}
