import { keysOf } from '../../src/domain/object-keys.ts';
import type { Voicemail } from '../../src/domain/voicemail.ts';
import type { KnownVoicemail } from '../aws/known-voicemail.ts';
import type { LedgerEntries } from '../aws/ledger-entries.ts';
import type { Probe } from '../aws/probe.ts';
import type { ObjectFinder } from '../aws/voicemail-objects.ts';
import { RefusedError } from '../command.ts';
import { examineDelivered, type Examined } from './examine-delivered.ts';
import type { Followed } from './follow-link.ts';
import { TEST_LANGUAGE, testSamples } from './test-recording.ts';

/** In the place of the caller's number: agents read it in the name of the task. */
const CALLER = 'a test of Voicemail Express (please ignore it)';
const SHORT_CALL_MS = 5_000;

const BETWEEN_LOOKS_MS = 2_000;
/** Amazon Transcribe takes most of it: seconds as a rule, minutes at times. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** Who gets the test voicemail. */
export interface TestQueue {
  readonly name: string;
  readonly arn: string;
}

/** Something that happened to the test voicemail, and when, since its recording was put into the bucket. */
export interface TestStep {
  readonly afterMs: number;
  readonly what: string;
}

export type TestOutcome =
  /** It is a task in the queue. */
  | ({ readonly kind: 'delivered'; readonly left: readonly string[] } & Examined)
  /** The stack did not deliver it. */
  | { readonly kind: 'lost'; readonly why: string; readonly left: readonly string[] }
  /** It could not be put there, or not be followed: this says nothing about the stack. */
  | { readonly kind: 'not tried'; readonly why: string; readonly left: readonly string[] };

/** What a test voicemail is sent with. */
export interface TestWork {
  readonly instanceArn: string;
  readonly probe: Probe;
  readonly ledger: Pick<LedgerEntries, 'find'>;
  readonly objects: Pick<ObjectFinder, 'transcriptOf'>;
  readonly follow: (link: string) => Promise<Followed>;
  readonly onStep: (step: TestStep) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Puts one voicemail through a deployed stack: its recording into the bucket, as if a call had just been saved; then
 * transcription, delivery and routing are those of the stack. Follows it until its task is in the queue, compares
 * transcript and audio, ends the task, and removes all that was made. `left`: what could not be removed, a sentence each.
 */
export async function sendTestVoicemail(queue: TestQueue, work: TestWork): Promise<TestOutcome> {
  const made: Made = { contactIds: [] };
  try {
    const found = await follow(queue, made, work);
    return { ...found, left: await cleanUp(made, work) };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { kind: 'not tried', why: error.message, left: await cleanUp(made, work) };
  }
}

/** What has to be removed. */
interface Made {
  voicemail?: Voicemail;
  /** The contact that the voicemail belongs to, then its task. */
  readonly contactIds: string[];
}

type Found = ({ readonly kind: 'delivered' } & Examined) | { readonly kind: 'lost'; readonly why: string };

async function follow({ name, arn: queueArn }: TestQueue, made: Made, work: TestWork): Promise<Found> {
  const { probe, clock, now } = work;
  const contactId = await probe.beginContact('Test of Voicemail Express');
  made.contactIds.push(contactId);
  const voicemail: Voicemail = {
    contactId,
    instanceArn: work.instanceArn,
    calledAtMs: now() - SHORT_CALL_MS,
    endedAtMs: now(),
    from: CALLER,
    queueArn,
    language: TEST_LANGUAGE,
    mode: 'task',
    attributes: {},
    isTest: true,
  };
  made.voicemail = voicemail;
  await probe.keepRecording(voicemail, testSamples());
  const startMs = clock();
  const tell = (what: string) => work.onStep({ afterMs: clock() - startMs, what });
  tell('recording put into the bucket');

  let state = '';
  const look = async () => {
    const entry = await work.ledger.find(contactId);
    if (entry && entry.state !== state) tell(inWords(entry));
    state = entry?.state ?? '';
    return entry;
  };
  const entry = await patiently(async () => endOf(await look()), startMs, work);
  if (!entry)
    return { kind: 'lost', why: `after ten minutes it is ${state === '' ? 'not in the ledger' : state}` };
  if (entry.deliveredId === undefined || entry.deliveredAs === undefined) {
    return { kind: 'lost', why: `it was given up: ${entry.failureCode ?? entry.state}` };
  }
  if (entry.deliveredAs === 'email') return { kind: 'lost', why: 'it was sent by email, and not as a task' };
  const taskId = entry.deliveredId;
  made.contactIds.push(taskId);
  const queueId = await patiently(() => probe.queueIdOf(taskId), startMs, work);
  if (queueId === undefined) return { kind: 'lost', why: 'its task has come into no queue' };
  if (!queueArn.endsWith(`/queue/${queueId}`))
    return { kind: 'lost', why: `its task is not in the queue ${name}` };
  tell(`task in the queue ${name}`);
  const link = await probe.linkOf(taskId);
  return { kind: 'delivered', ...(await examineDelivered(keysOf(voicemail), { ...work, link, tell })) };
}

/** Undefined while it is under way. */
function endOf(entry: KnownVoicemail | undefined): KnownVoicemail | undefined {
  return entry && (entry.deliveredAs !== undefined || /^(parked|blank)$/.test(entry.state))
    ? entry
    : undefined;
}

function inWords({ state, deliveredAs }: KnownVoicemail): string {
  return deliveredAs === undefined ? state : `${state} as ${deliveredAs}`;
}

/** Looks until something is found. Undefined: it took too long. */
async function patiently<Seen>(
  look: () => Promise<Seen | undefined>,
  startMs: number,
  { wait, clock }: TestWork,
): Promise<Seen | undefined> {
  for (;;) {
    const found = await look();
    if (found !== undefined || clock() - startMs >= LONGEST_WAIT_MS) return found;
    await wait(BETWEEN_LOOKS_MS);
  }
}

/**
 * The recording goes first: without it, an event that comes twice or late starts nothing. The entry of the ledger goes
 * last, so that what cannot be removed can be found.
 */
async function cleanUp({ voicemail, contactIds }: Made, { probe }: TestWork): Promise<readonly string[]> {
  const left: string[] = [];
  const remove = async (what: string, removing: () => Promise<void>) => {
    try {
      await removing();
    } catch (error) {
      left.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  if (voicemail) await remove('recording and transcript', () => probe.removeObjects(voicemail));
  for (const contactId of contactIds.toReversed()) {
    await remove(`the contact ${contactId}`, () => probe.endContact(contactId));
  }
  if (!voicemail) return left;
  const { contactId } = voicemail;
  await remove(`the transcription job of ${contactId}`, () => probe.removeJob(contactId));
  await remove(`the ledger’s entry of ${contactId}`, () => probe.removeEntry(contactId));
  return left;
}
