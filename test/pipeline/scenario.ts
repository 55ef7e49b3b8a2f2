import { planFor, type RedrivePlan } from '../../cli/voicemails/redrive-plan.ts';
import { keysOf } from '../../src/domain/object-keys.ts';
import { contactIdOfJob } from '../../src/domain/transcript.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import { BILLING_ARN, contactRecord } from '../contact-record.ts';
import { fakeTelemetry } from '../fake-telemetry.ts';
import { noise } from '../kvs-payload.ts';
import { type Disorder, ORDER, randomOf, takingTurns } from './disorder.ts';
import { REFUSED_SENDER } from './in-memory-ses.ts';
import { inMemoryCloud, type QueueName } from './in-memory.ts';
import { AS_AWS_SAYS, IVR_BUCKET, pipelineOver, WORSE } from './pipeline.ts';

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
/** What `vmx3_mode` says of the callers of one world, none by default. */
const MODES = [
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

/** Some callers, and everything that goes wrong while their voicemails are under way; the same for the same seed. */
export function scenario(seed: number, callerCount: number) {
  const random = randomOf(seed);
  let disorder: Disorder = ORDER;
  let nowMs = Date.parse(random.pick(DAYS)) + 120_000;
  const now = () => nowMs;
  const cloud = inMemoryCloud({ random, disorder: () => disorder, now });
  const turns = takingTurns(random, () => disorder);
  const telemetry = fakeTelemetry();
  const modes: readonly string[] = random.pick(MODES);
  const machines = modes.includes('email') ? AS_AWS_SAYS : WORSE;
  // A task in whose place a mail is sent may have been made: docs/decisions/007.
  const canBeDefault = modes.includes('email') && !modes.includes('task');
  const defaultMode = canBeDefault && random.chance(0.5) ? 'email' : 'guided_task';
  const parts = { cloud, turns, random, disorder: () => disorder, machines, now, defaultMode } as const;
  const pipeline = pipelineOver({ ...parts, ...telemetry });
  const running = new Set<Promise<unknown>>();
  const callers = Array.from({ length: callerCount }, (_, index) => call(index));

  function call(index: number): Caller {
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

  function run(work: Promise<unknown>): void {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  function readRecord(caller: Caller): void {
    run(pipeline.readRecord(caller.record).then((isRead) => void (caller.isNoted ||= isRead)));
  }

  function handOne(isTwice: boolean): void {
    const visible = [...cloud.messages].filter(({ visibleAtMs }) => isTwice || visibleAtMs <= nowMs);
    if (visible.length > 0) run(pipeline.hand(random.pick(visible)));
  }

  function endJob(): void {
    const names = [...cloud.jobs.keys()];
    if (names.length === 0) return;
    const name = random.pick(names);
    cloud.endJob(name, random.chance(0.8) ? wordsOf(contactIdOfJob(name) ?? '') : undefined);
  }

  function uploadLate(): void {
    for (const { kind, ivrKey } of callers) if (kind === 'is uploaded late') cloud.upload(ivrKey, SPEECH);
  }

  async function redrive(entry: LedgerEntry): Promise<void> {
    const plan = redrivePlan(entry);
    if (plan.kind === 'nothing') return;
    const { reopenAs, queue, message } = plan;
    const { contactId } = entry;
    if (reopenAs) {
      const dueAtMs = nowMs + reopenAs.dueAfterMs;
      const isOpen = await cloud.book.ports.moveEntry({
        contactId,
        from: ['parked'],
        to: reopenAs.state,
        dueAtMs,
      });
      if (!isOpen) return;
    }
    cloud.send(QUEUE_OF[queue] ?? 'delivery', JSON.stringify(message));
  }

  function moveDeadLetters(): void {
    for (const { queue, body } of cloud.deadLetters.splice(0)) cloud.send(queue, body);
  }

  function redrivePlan(entry: LedgerEntry): RedrivePlan {
    const keys = keysOf(entry.voicemail);
    const recording = cloud.recordings.get(keys.recordingKey);
    const objects = { keys, recording, hasTranscript: cloud.hasTranscript(keys.transcriptKey) };
    return planFor({ ...entry, times: {} }, objects, { blank: false });
  }

  const entries = () => [...cloud.book.kept.values()];
  const givenUp = () => entries().filter(({ state, deliveredAs }) => state === 'parked' && !deliveredAs);

  const actions: readonly (() => unknown)[] = [
    () => handOne(false),
    () => handOne(false),
    () => handOne(false),
    () => handOne(random.chance(0.2)),
    () => readRecord(random.pick(callers)),
    () => run(pipeline.sweepOnce()),
    () => endJob(),
    () => random.chance(0.3) && uploadLate(),
    () => (nowMs += random.pick([1000, 30_000, 120_000, 420_000, 1_200_000, 3_600_000, 18_000_000])),
    () => random.chance(0.2) && run(Promise.all(givenUp().map(redrive))),
    () => random.chance(0.2) && moveDeadLetters(),
    () => (cloud.faults.noMails = random.chance(0.5)),
  ];

  return {
    callers,
    cloud,
    entries,
    telemetry,
    /** Things happen, in any order, and go wrong. `check` is asked after each. */
    async happen(rates: Disorder, times: number, check: () => void): Promise<void> {
      disorder = rates;
      for (let time = 0; time < times; time += 1) {
        if (turns.waiting() > 0 && random.chance(0.75)) await turns.letOneGoOn();
        else random.pick(actions)();
        check();
      }
      cloud.faults.noMails = false;
    },
    /** Nothing goes wrong any more but what lasts, and time passes until there is nothing left to do. */
    settle: async (lasting: Partial<Disorder> = {}): Promise<void> => {
      disorder = { ...ORDER, ...lasting };
      uploadLate();
      for (let step = 0; step < MANY; step += 1) {
        if (turns.waiting() > 0 || running.size > 0) {
          await turns.letOneGoOn();
          continue;
        }
        const unread = callers.find(({ isNoted }) => !isNoted);
        const due = entries().flatMap(({ dueAtMs }) => (dueAtMs === undefined ? [] : [dueAtMs + 1]));
        const visible = [...cloud.messages].map(({ visibleAtMs }) => visibleAtMs);
        const nextMs = Math.min(...due, ...visible);
        if (unread) readRecord(unread);
        else if (visible.some((atMs) => atMs <= nowMs)) handOne(false);
        else if (due.some((atMs) => atMs <= nowMs)) run(pipeline.sweepOnce());
        else if (Number.isFinite(nextMs)) nowMs = nextMs;
        else return;
      }
      throw new Error('it never comes to rest');
    },
    async redriveAll(): Promise<void> {
      await Promise.all(givenUp().map(redrive));
    },
    pass: (ms: number) => void (nowMs += ms),
    /** Amazon Connect sends every record again. */
    sendAgain: () => callers.forEach((caller) => (caller.isNoted = false)),
    /** Every job that has not answered yet does, and SES says everything again. */
    answerLate: () => {
      for (const name of cloud.jobs.keys()) cloud.endJob(name, 'too late');
      cloud.ses.tellAgain();
    },
  };
}

/** As contact records have it: whole seconds. */
function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+/, '');
}

function wordsOf(contactId: string): string {
  return `these are the words of ${contactId}`;
}
