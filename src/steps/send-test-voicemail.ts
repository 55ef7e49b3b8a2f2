import { keysOf } from '../domain/object-keys.ts';
import {
  type Examined,
  TEST_CALLER,
  TEST_LANGUAGE,
  testAddress,
  type TestKind,
  type TestOutcome,
  type TestQueue,
} from '../domain/test-voicemail.ts';
import type { Voicemail } from '../domain/voicemail.ts';
import { examineTask, examineTranscript } from './examine-test-voicemail.ts';
import { type MadeTest, removeTestVoicemail } from './remove-test-voicemail.ts';
import type { TestEntry, TestWork } from './test-ports.ts';

const SHORT_CALL_MS = 5_000;
const BETWEEN_LOOKS_MS = 2_000;
/** Amazon Transcribe takes most of it: seconds as a rule, minutes at times. */
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * The event of a recording waits in its queue for five seconds, and would count a recording that is gone by then among
 * those of others. With a call, transcription begins before that event.
 */
const RECORDING_EVENT_MS = 10_000;

/** How a test voicemail goes in, and how it comes out. */
export interface TestPlan {
  readonly kind: TestKind;
  readonly mode: 'task' | 'email';
  /** Absent for a mail: then it is for the queue of voicemails that name none. */
  readonly queue?: TestQueue | undefined;
}

/** The test was given up because a person wanted that. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

type Found = ({ readonly kind: 'delivered' } & Examined) | { readonly kind: 'lost'; readonly why: string };

/**
 * Puts one voicemail through a deployed stack: transcription, delivery and routing are those of the stack. Follows it
 * until its task is in the queue, or SES has reported its mail; compares transcript and audio, ends the task, and
 * removes all that was made. `onMade` is called with its contact id as soon as something is there to be removed.
 */
export async function sendTestVoicemail(
  plan: TestPlan,
  work: TestWork,
  onMade: (contactId: string) => void = () => {},
): Promise<TestOutcome> {
  const made: MadeTest = { contactIds: [] };
  const begun = { onMade, isOver: false };
  try {
    const found = await follow(plan, made, { ...work, begun });
    return { ...found, left: await removeTestVoicemail(made, begun, work) };
  } catch (error) {
    const why = work.refusalIn(error);
    if (why === undefined && !(error instanceof BrokenOff)) throw error;
    const left = await removeTestVoicemail(made, begun, work);
    return why === undefined ? { kind: 'broken off', left } : { kind: 'not tried', why, left };
  }
}

interface FollowingWork extends TestWork {
  readonly begun: { readonly onMade: (contactId: string) => void; isOver: boolean };
}

async function follow(plan: TestPlan, made: MadeTest, work: FollowingWork): Promise<Found> {
  const { clock, brokenOff } = work;
  const voicemail = await begin(plan, made, work);
  const { contactId } = voicemail;
  if (brokenOff?.aborted) throw new BrokenOff();
  const put = await work.source.put(voicemail, work.pcm);
  const startMs = clock();
  const tell = (what: string) => work.onStep({ afterMs: clock() - startMs, what });
  tell(put);

  let state = '';
  const look = async () => {
    const entry = await work.ledger.find(contactId);
    if (entry && entry.state !== state) tell(inWords(entry));
    state = entry?.state ?? '';
    return endOf(entry);
  };
  const entry = await patiently(look, startMs, work);
  if (!entry)
    return { kind: 'lost', why: `after ten minutes it is ${state === '' ? 'not in the ledger' : state}` };
  work.begun.isOver = true;
  const { deliveredAs, deliveredId } = entry;
  if (deliveredId === undefined || deliveredAs === undefined) {
    return { kind: 'lost', why: `it was given up: ${entry.failureCode ?? entry.state}` };
  }
  if (deliveredAs !== 'email') made.contactIds.push(deliveredId);
  const parts = { ...work, voicemail, deliveredId, startMs, tell };
  const found = await followDelivered(plan, deliveredAs, parts);
  if (plan.kind === 'call') await work.wait(Math.max(0, startMs + RECORDING_EVENT_MS - clock()));
  return found;
}

async function followDelivered(plan: TestPlan, deliveredAs: string, parts: Delivered): Promise<Found> {
  if (plan.mode === 'email') {
    if (deliveredAs !== 'email') return { kind: 'lost', why: 'it became a task, and not a mail' };
    return await followMail(parts);
  }
  if (deliveredAs === 'email') return { kind: 'lost', why: 'it was sent by email, and not as a task' };
  return await followTask(plan, parts);
}

async function begin(
  { kind, mode, queue }: TestPlan,
  made: MadeTest,
  { instanceArn, probe, begun }: FollowingWork,
): Promise<Voicemail> {
  const contactId = await probe.beginContact('Test of Voicemail Express');
  made.contactIds.push(contactId);
  begun.onMade(contactId);
  const endedAtMs = probe.now();
  const calledAtMs = endedAtMs - SHORT_CALL_MS;
  const noted = { kind, contactId, calledAtMs };
  await probe.noteTest(noted);
  made.noted = noted;
  return {
    contactId,
    instanceArn,
    calledAtMs,
    endedAtMs,
    from: TEST_CALLER,
    ...(queue && { queueArn: queue.arn }),
    language: TEST_LANGUAGE,
    mode,
    attributes: {},
    isTest: true,
  };
}

interface Delivered extends TestWork {
  readonly voicemail: Voicemail;
  /** The id of its task, or of its mail. */
  readonly deliveredId: string;
  readonly startMs: number;
  readonly tell: (what: string) => void;
}

async function followTask({ queue }: TestPlan, delivered: Delivered): Promise<Found> {
  const { voicemail, deliveredId: taskId, startMs, tell, probe } = delivered;
  const queueId = await patiently(() => probe.queueIdOf(taskId), startMs, delivered);
  if (queueId === undefined) return { kind: 'lost', why: 'its task has come into no queue' };
  const { name = '', arn = '' } = queue ?? {};
  if (!arn.endsWith(`/queue/${queueId}`))
    return { kind: 'lost', why: `its task is not in the queue ${name}` };
  tell(`task in the queue ${name}`);
  const link = await probe.linkOf(taskId);
  return { kind: 'delivered', ...(await examineTask(keysOf(voicemail), { ...delivered, link })) };
}

/** SES's event about the mail comes through the configuration set and the queue, and is noted for tests. */
async function followMail(delivered: Delivered): Promise<Found> {
  const { voicemail, deliveredId, startMs, tell, ledger } = delivered;
  tell(`SES took the mail for ${testAddress(voicemail)}`);
  const isSent = async () => {
    const { mailing } = (await ledger.find(voicemail.contactId)) ?? {};
    return mailing?.messageId === deliveredId ? true : undefined;
  };
  const wrong = await examineTranscript(keysOf(voicemail), delivered);
  if (!(await patiently(isSent, startMs, delivered))) {
    const silent = 'SES took the mail, and its event about that has not come through the configuration set';
    return { kind: 'delivered', wrong: [...wrong, silent], unseen: [] };
  }
  tell('SES reports the mail as sent');
  return { kind: 'delivered', wrong, unseen: [] };
}

/** Undefined while it is under way. */
function endOf(entry: TestEntry | undefined): TestEntry | undefined {
  return entry && (entry.deliveredAs !== undefined || /^(parked|blank)$/.test(entry.state))
    ? entry
    : undefined;
}

function inWords({ state, deliveredAs }: TestEntry): string {
  return deliveredAs === undefined ? state : `${state} as ${deliveredAs}`;
}

/** Looks until something is found. Undefined: it took too long. Throws BrokenOff. */
async function patiently<Seen>(
  look: () => Promise<Seen | undefined>,
  startMs: number,
  { wait, clock, brokenOff }: Pick<TestWork, 'wait' | 'clock' | 'brokenOff'>,
): Promise<Seen | undefined> {
  for (;;) {
    if (brokenOff?.aborted) throw new BrokenOff();
    const found = await look();
    if (found !== undefined || clock() - startMs >= LONGEST_WAIT_MS) return found;
    await wait(BETWEEN_LOOKS_MS);
  }
}
