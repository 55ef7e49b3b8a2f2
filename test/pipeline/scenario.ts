import { planFor, type RedrivePlan } from '../../cli/voicemails/redrive-plan.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import { contactIdOfJob } from '../../src/domain/transcript.ts';
import type { LedgerEntry } from '../../src/domain/ledger-entry.ts';
import { BILLING_ARN, contactRecord } from '../contact-record.ts';
import { fakeTelemetry } from '../fake-telemetry.ts';
import { noise } from '../kvs-payload.ts';
import { type Disorder, ORDER, type Random, randomOf, takingTurns, type Turns } from './disorder.ts';
import { REFUSED_SENDER } from './in-memory-ses.ts';
import { type InMemoryCloud, inMemoryCloud, type QueueName } from './in-memory.ts';
import { IVR_BUCKET } from './begin-invocation.ts';
import { AS_AWS_SAYS, pipelineOver, WORSE } from './pipeline.ts';
import { endTask, type TaskRecord, timeOf } from './task-records.ts';

type CallerKind = 'speaks' | 'is silent' | 'is not recorded' | 'is uploaded late' | 'is never uploaded';

export interface Caller {
  readonly contactId: string;
  readonly kind: CallerKind;
  readonly record: string;
  readonly ivrKey: string;
  isNoted: boolean;
}

const KINDS: readonly CallerKind[] = [
  'speaks',
  'speaks',
  'is silent',
  'is not recorded',
  'is uploaded late',
  'is never uploaded',
];
/** The values of `vmx3_mode` of the callers of one scenario. */
export const MODES = [
  ['', 'task', 'guided_task'],
  ['email'],
  ['', 'email'],
  ['', 'task', 'email', 'email'],
] as const;
/** Clocks are changed, and days, months and years end. */
const DAYS = ['2026-03-08T06:58:00Z', '2026-11-01T05:58:00Z', '2026-12-31T23:58:00Z', '2028-02-29T12:00:00Z'];
const SPEECH = Buffer.from(noise(1, 4000));
const SILENCE = Buffer.alloc(4000);
const QUEUE_OF: Readonly<Record<string, QueueName>> = {
  'recording-queue': 'recording',
  'transcription-queue': 'transcription',
  'delivery-queue': 'delivery',
};
const MANY = 20_000;

/** The state that changes while voicemails are processed. */
interface World {
  readonly random: Random;
  readonly cloud: InMemoryCloud;
  readonly turns: Turns;
  readonly pipeline: ReturnType<typeof pipelineOver>;
  readonly callers: readonly Caller[];
  /** Records of tasks that ended. */
  readonly taskRecords: TaskRecord[];
  /** Running invocations. */
  readonly running: Set<Promise<unknown>>;
  readonly time: Time;
}

interface Time {
  nowMs: number;
  disorder: Disorder;
}

/** Some callers, and the faults while their voicemails are processed; the same for the same seed. */
export function scenario(seed: number, callerCount: number) {
  const random = randomOf(seed);
  const time: Time = { disorder: ORDER, nowMs: Date.parse(random.pick(DAYS)) + 120_000 };
  const now = () => time.nowMs;
  const disorder = () => time.disorder;
  const cloud = inMemoryCloud({ random, disorder, now });
  const turns = takingTurns(random, disorder);
  const telemetry = fakeTelemetry();
  const modes: readonly string[] = random.pick(MODES);
  const machines = modes.includes('email') ? AS_AWS_SAYS : WORSE;
  // A task can exist before a mail is sent instead of it: docs/decisions/007.
  const canBeDefault = modes.includes('email') && !modes.includes('task');
  const defaultMode = canBeDefault && random.chance(0.5) ? 'email' : 'guided_task';
  const pipeline = pipelineOver({ cloud, turns, random, disorder, machines, now, defaultMode, ...telemetry });
  const callers = Array.from({ length: callerCount }, (_, index) =>
    call(index, { random, cloud, modes, nowMs: time.nowMs }),
  );
  const taskRecords: TaskRecord[] = [];
  const world: World = { random, cloud, turns, pipeline, callers, taskRecords, running: new Set(), time };
  return {
    callers,
    cloud,
    entries: () => entriesIn(cloud),
    telemetry,
    /** Runs events in any order, with faults. `check` is called after each. */
    happen: (rates: Disorder, times: number, check: () => void) => happen(world, { rates, times, check }),
    /** Keeps only `lasting` faults, and lets time pass until there is nothing left to do. */
    settle: (lasting: Partial<Disorder> = {}) => settle(world, lasting),
    async redriveAll(): Promise<void> {
      moveDeadLetters(cloud, 'task-ended');
      await Promise.all(givenUp(world).map((entry) => redrive(world, entry)));
    },
    pass: (ms: number) => void (time.nowMs += ms),
    /** Amazon Connect sends every record again. */
    sendAgain: () => [...callers, ...taskRecords].forEach((one) => (one.isNoted = false)),
    /** Every job that runs ends, and SES sends all its events again. */
    answerLate: () => {
      for (const name of cloud.jobs.keys()) cloud.endJob(name, 'too late');
      cloud.ses.tellAgain();
    },
  };
}

function call(
  index: number,
  {
    random,
    cloud,
    modes,
    nowMs,
  }: Pick<World, 'random' | 'cloud'> & { modes: readonly string[]; nowMs: number },
): Caller {
  const contactId = `c0ffee00-0000-4000-8000-00000000000${index}`;
  const kind = random.pick(KINDS);
  const ivrKey = `${contactId}.wav`;
  const ivr = { StorageType: 'S3', ParticipantType: 'IVR', Location: `${IVR_BUCKET}/${ivrKey}` };
  const record = contactRecord({
    ContactId: contactId,
    Attributes: {
      vmx3_flag: '1',
      vmx3_queue_arn: BILLING_ARN,
      vmx3_mode: random.pick(modes),
      ...(random.chance(0.2) && { email_from: REFUSED_SENDER }),
      ...(random.chance(0.3) && { vmx3_lang: 'auto' }),
    },
    InitiationTimestamp: timeOf(nowMs - 90_000),
    DisconnectTimestamp: timeOf(nowMs - 30_000),
    Recordings: kind === 'is not recorded' ? [] : [{ ...ivr, StartTimestamp: timeOf(nowMs - 90_000) }],
  });
  if (kind === 'speaks') cloud.upload(ivrKey, SPEECH);
  if (kind === 'is silent') cloud.upload(ivrKey, SILENCE);
  return { contactId, kind, record, ivrKey, isNoted: false };
}

async function happen(
  world: World,
  { rates, times, check }: { rates: Disorder; times: number; check: () => void },
): Promise<void> {
  const { random, turns, time, cloud } = world;
  time.disorder = rates;
  const actions = actionsIn(world);
  for (let step = 0; step < times; step += 1) {
    if (turns.waiting() > 0 && random.chance(0.75)) await turns.letOneGoOn();
    else random.pick(actions)();
    check();
  }
  cloud.faults.noMails = false;
}

/** The events that can happen next. An event that is listed more often happens more often. */
function actionsIn(world: World): readonly (() => unknown)[] {
  const { random, callers, pipeline, cloud, time } = world;
  return [
    () => handOne(world, false),
    () => handOne(world, false),
    () => handOne(world, false),
    () => handOne(world, random.chance(0.2)),
    () => readRecord(world, random.pick(callers)),
    () => random.chance(0.3) && endTask(world),
    () => world.taskRecords.length > 0 && readRecord(world, random.pick(world.taskRecords)),
    () => run(world, pipeline.sweepOnce()),
    () => endJob(world),
    () => random.chance(0.3) && uploadLate(world),
    () => (time.nowMs += random.pick([1000, 30_000, 120_000, 420_000, 1_200_000, 3_600_000, 18_000_000])),
    () => random.chance(0.2) && run(world, Promise.all(givenUp(world).map((entry) => redrive(world, entry)))),
    () => random.chance(0.2) && moveDeadLetters(cloud),
    () => (cloud.faults.noMails = random.chance(0.5)),
  ];
}

async function settle(world: World, lasting: Partial<Disorder>): Promise<void> {
  world.time.disorder = { ...ORDER, ...lasting };
  uploadLate(world);
  for (let step = 0; step < MANY; step += 1) {
    if (world.turns.waiting() > 0 || world.running.size > 0) await world.turns.letOneGoOn();
    else if (!doNext(world)) return;
  }
  throw new Error('it never ends');
}

/** Does the next action, or moves time on to it. Returns false if there is nothing left to do. */
function doNext(world: World): boolean {
  const { callers, cloud, pipeline, time } = world;
  const unread = [...callers, ...world.taskRecords].find(({ isNoted }) => !isNoted);
  const due = entriesIn(cloud).flatMap(({ dueAtMs }) => (dueAtMs === undefined ? [] : [dueAtMs + 1]));
  const visible = [...cloud.messages].map(({ visibleAtMs }) => visibleAtMs);
  const nextMs = Math.min(...due, ...visible);
  if (unread) readRecord(world, unread);
  else if (visible.some((atMs) => atMs <= time.nowMs)) handOne(world, false);
  else if (due.some((atMs) => atMs <= time.nowMs)) run(world, pipeline.sweepOnce());
  else if (Number.isFinite(nextMs)) time.nowMs = nextMs;
  else return false;
  return true;
}

function run({ running }: World, work: Promise<unknown>): void {
  running.add(work);
  void work.finally(() => running.delete(work));
}

function readRecord(world: World, caller: Pick<Caller, 'record' | 'isNoted'>): void {
  run(
    world,
    world.pipeline.readRecord(caller.record).then((isRead) => void (caller.isNoted ||= isRead)),
  );
}

function handOne(world: World, isTwice: boolean): void {
  const { cloud, time, random, pipeline } = world;
  const visible = [...cloud.messages].filter(({ visibleAtMs }) => isTwice || visibleAtMs <= time.nowMs);
  if (visible.length > 0) run(world, pipeline.hand(random.pick(visible)));
}

function endJob({ cloud, random }: World): void {
  const names = [...cloud.jobs.keys()];
  if (names.length === 0) return;
  const name = random.pick(names);
  cloud.endJob(name, random.chance(0.8) ? wordsOf(contactIdOfJob(name) ?? '') : undefined);
}

function uploadLate({ callers, cloud }: World): void {
  for (const { kind, ivrKey } of callers) if (kind === 'is uploaded late') cloud.upload(ivrKey, SPEECH);
}

function entriesIn({ book }: InMemoryCloud) {
  return [...book.kept.values()];
}

function givenUp({ cloud }: World): readonly LedgerEntry[] {
  return entriesIn(cloud).filter(({ state, deliveredAs }) => state === 'parked' && !deliveredAs);
}

async function redrive({ cloud, time }: World, entry: LedgerEntry): Promise<void> {
  const plan = redrivePlan(cloud, entry);
  if (plan.kind === 'nothing') return;
  const { reopenAs, queue, message } = plan;
  const { contactId } = entry;
  if (reopenAs) {
    const dueAtMs = time.nowMs + reopenAs.dueAfterMs;
    const move = { contactId, from: ['parked'], to: reopenAs.state, dueAtMs } as const;
    const isOpen = await cloud.book.ports.moveEntry(move);
    if (!isOpen) return;
  }
  cloud.send(QUEUE_OF[queue] ?? 'delivery', JSON.stringify(message));
}

function redrivePlan(cloud: InMemoryCloud, entry: LedgerEntry): RedrivePlan {
  const keys = keysOf(entry.voicemail);
  const recording = cloud.recordings.get(keys.recordingKey);
  const objects = { keys, recording, hasTranscript: cloud.hasTranscript(keys.transcriptKey) };
  return planFor({ ...entry, times: {}, unreadable: [] }, objects, { blank: false });
}

function moveDeadLetters({ deadLetters, send }: InMemoryCloud, push = ''): void {
  for (const letter of deadLetters.splice(0)) {
    if (letter.body.includes(push)) send(letter.queue, letter.body);
    else deadLetters.push(letter);
  }
}

const wordsOf = (contactId: string) => `these are the words of ${contactId}`;
