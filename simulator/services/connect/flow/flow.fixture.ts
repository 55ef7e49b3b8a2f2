import { laptopWorld } from '../sample-world.ts';
import type { FlowParts, FlowStart } from './flow-parts.ts';
import type { TestContext } from 'node:test';
import type { FlowType } from '../../../../flows/language/document.ts';
import { createClock } from '../../../clock.ts';
import { createHappenings, type Happening } from '../../../happenings.ts';
import { type Contact, newContact } from '../contacts/contact.ts';
import { createContacts } from '../contacts/contacts.ts';
import type { GuideScreen, ViewAnswer } from '../routing/guide-screen.ts';
import type { QueueMetrics } from '../routing/routing.ts';
import { ssmlSound } from '../voice/prompt-sound.ts';
import type { Key, StreamDirection, Voice } from '../voice/voice.ts';
import { arnIn, type World } from '../world.ts';
import type { FunctionAnswer } from './flow-functions.ts';
import type { FlowEnd } from './flow-run.ts';
import { createFlowStore, type StoredFlow } from './flow-store.ts';
import { runFlow } from './run-flow.ts';
import { createViewStore } from './view-store.ts';

/** An action of a test's flow. */
export interface TestAction {
  readonly does: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** NextAction */
  readonly next?: string;
  /** The next action by result, or by operator and operand: `NumberLessThan 5`. */
  readonly when?: Readonly<Record<string, string>>;
  /** The next action by type of error. */
  readonly on?: Readonly<Record<string, string>>;
}

/** A flow of actions by identifier; it begins with the first. */
export function flowOf(
  actions: Readonly<Record<string, TestAction>>,
  {
    id = 'f0',
    name = `Flow ${id}`,
    type = 'CONTACT_FLOW',
  }: { id?: string; name?: string; type?: FlowType } = {},
): StoredFlow {
  const arnType = type === 'MODULE' ? 'flow-module' : 'contact-flow';
  return {
    id,
    arn: `${laptopWorld().instanceArn}/${arnType}/${id}`,
    name,
    type,
    document: {
      Version: '2019-10-30',
      StartAction: Object.keys(actions)[0] ?? '',
      Actions: Object.entries(actions).map(([identifier, action]) => ({
        Identifier: identifier,
        Type: action.does,
        Parameters: { ...action.with },
        Transitions: {
          ...(action.next !== undefined && { NextAction: action.next }),
          Conditions: Object.entries(action.when ?? {}).map(([test, next]) => ({
            NextAction: next,
            Condition: conditionOf(test),
          })),
          Errors: Object.entries(action.on ?? {}).map(([type_, next]) => ({
            NextAction: next,
            ErrorType: type_,
          })),
        },
      })),
    },
  };
}

function conditionOf(test: string): { Operator: string; Operands: string[] } {
  const [, operator, operand] = /^((?:Number|Text)[A-Za-z]+|Is[A-Z]\w+) (.*)$/.exec(test) ?? [];
  return operator !== undefined && operand !== undefined
    ? { Operator: operator, Operands: [operand] }
    : { Operator: 'Equals', Operands: [test] };
}

/** What a test observes on the line and of the contact. */
export interface TestCenter {
  readonly contact: Contact;
  readonly parts: FlowParts;
  /** The prompts that the caller heard; `(prompt p)` for a recorded one. */
  readonly said: readonly string[];
  readonly streamed: readonly string[];
  readonly told: readonly Happening[];
  /** By ARN of the function. */
  readonly invoked: readonly {
    readonly functionArn: string;
    readonly event: unknown;
    readonly limitMs: number;
  }[];
  readonly shown: readonly { readonly viewId: string; readonly data: unknown }[];
  readonly moved: readonly string[];
  /** Runs a flow for the contact. `others` are further flows and modules of the instance. */
  readonly run: (
    flow: StoredFlow,
    options?: { others?: readonly StoredFlow[]; agent?: FlowStart['agent'] },
  ) => Promise<FlowEnd>;
}

export interface TestCenterOptions {
  readonly contact?: Partial<Contact>;
  readonly world?: Partial<World>;
  /** The keys that the caller presses, one for each wait for a key; `time-out` for none. After the last: none. */
  readonly keys?: readonly Key[];
  /** The keys that the caller presses, one during each prompt that a key ends. */
  readonly keysInPrompts?: readonly Key[];
  /** How long every prompt takes. Infinity: until the flow stops. */
  readonly promptMs?: number;
  readonly streaming?: 'started' | 'refused';
  readonly queue?: 'queued' | 'at-capacity' | 'no-queue';
  readonly metrics?: QueueMetrics;
  readonly isOpen?: boolean;
  readonly isStrict?: boolean;
  readonly answer?: (functionArn: string) => FunctionAnswer;
  readonly acts?: ViewAnswer;
}

/** The records of a test center. */
interface Records {
  readonly said: string[];
  readonly streamed: string[];
  readonly told: Happening[];
  readonly invoked: { functionArn: string; event: unknown; limitMs: number }[];
  readonly shown: { viewId: string; data: unknown }[];
  readonly moved: string[];
}

/** A contact center over arrays, in fast time, with one contact: a call, unless the options say otherwise. */
export function testCenter(t: Pick<TestContext, 'after'>, options: TestCenterOptions = {}): TestCenter {
  const world = laptopWorld(options.world);
  const clock = createClock('fast');
  t.after(clock.stop);
  const happenings = createHappenings();
  const records: Records = { said: [], streamed: [], told: [], invoked: [], shown: [], moved: [] };
  happenings.listen((happening) => void records.told.push(happening));
  const contacts = createContacts({ clock, happenings, sendRecord: () => undefined });
  const contact = testContact(options.contact, { nowMs: clock.now(), systemNumber: world.phoneNumber });
  contacts.add(contact);
  const flows = createFlowStore();
  const voice = fakeVoice({ clock, contact, records, options });
  const screen = fakeScreen(records, options);
  const parts: FlowParts = {
    clock,
    happenings,
    world,
    contacts,
    flows,
    views: createViewStore(),
    functions: fakeFunctions(records, options),
    routing: fakeRouting(records, options),
    voiceOf: (of) => (of.channel === 'VOICE' ? voice : undefined),
    guideOf: (of) => (of.channel === 'CHAT' ? screen : undefined),
    isOpen: () => options.isOpen,
    isStrict: options.isStrict ?? false,
  };
  return {
    contact,
    parts,
    ...records,
    run(flow, { others = [], agent } = {}) {
      for (const one of [flow, ...others]) flows.add(one);
      return runFlow({ flow, contact, ...(agent && { agent }) }, parts).ended;
    },
  };
}

function testContact(
  given: Partial<Contact> = {},
  { nowMs, systemNumber }: { nowMs: number; systemNumber: World['phoneNumber'] },
): Contact {
  return newContact({
    id: 'c0ffee00-0000-4000-8000-0000000000c1',
    channel: 'VOICE',
    initiationMethod: 'INBOUND',
    initiatedAtMs: nowMs,
    ...((given.channel ?? 'VOICE') === 'VOICE' && { customerNumber: '+15555550142', systemNumber }),
    ...given,
  });
}

function fakeScreen({ shown }: Records, { acts }: TestCenterOptions): GuideScreen {
  return {
    show(view) {
      shown.push({ viewId: view.viewId, data: view.data });
      return Promise.resolve(acts ?? { kind: 'acted', action: 'Close', submitted: {} });
    },
  };
}

function fakeFunctions({ invoked }: Records, { answer }: TestCenterOptions): FlowParts['functions'] {
  return {
    associate: () => undefined,
    disassociate: () => undefined,
    associated: () => [],
    invoke(functionArn, event, limitMs) {
      invoked.push({ functionArn, event, limitMs });
      return Promise.resolve(answer?.(functionArn) ?? { kind: 'answered', payload: '{}' });
    },
  };
}

function fakeRouting(
  { moved }: Records,
  { queue = 'queued', metrics }: TestCenterOptions,
): FlowParts['routing'] {
  return {
    enqueue: ({ settings }) => (settings.targetQueue ? queue : 'no-queue'),
    moveTo(_, queueArn) {
      moved.push(queueArn);
      return queue;
    },
    metrics: () => metrics,
    agent: () => {
      throw new Error('there are no agents');
    },
  };
}

function fakeVoice({
  clock,
  contact,
  records: { said, streamed },
  options: { keys = [], keysInPrompts = [], promptMs = 0, streaming = 'started' },
}: {
  clock: FlowParts['clock'];
  contact: Contact;
  records: Records;
  options: TestCenterOptions;
}): Voice {
  const keysLeft = [...keys];
  const keysInPromptsLeft = [...keysInPrompts];
  const until = (signal: AbortSignal, ms: number) =>
    new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (ms < Infinity) clock.after(ms, resolve);
    });
  return {
    async play(prompt, { signal, stopsAtKey }) {
      const sound = prompt.kind === 'ssml' ? ssmlSound(prompt) : undefined;
      if (sound?.kind === 'unplayable') return sound;
      said.push(wordsOf(prompt));
      const key = stopsAtKey ? keysInPromptsLeft.shift() : undefined;
      if (key !== undefined) return { kind: 'key', key };
      if (promptMs > 0) await until(signal, promptMs);
      return signal.aborted ? { kind: 'stopped' } : { kind: 'played' };
    },
    async nextKey({ signal, withinMs }) {
      const key = keysLeft.shift() ?? 'time-out';
      if (key !== 'time-out') return { kind: 'key', key };
      await until(signal, withinMs);
      return signal.aborted ? { kind: 'stopped' } : { kind: 'time-out' };
    },
    startStreaming(directions: readonly StreamDirection[]) {
      if (streaming === 'refused') return 'refused';
      streamed.push(`start ${directions.join(' ')}`);
      contact.mediaStream = {
        streamArn: 'arn:stream',
        startedAtMs: 1_772_632_824_310,
        startFragmentNumber: '9134',
      };
      return 'started';
    },
    stopStreaming: () => void streamed.push('stop'),
    recordIvr(to) {
      streamed.push(`IVR recording ${to}`);
      return 'done';
    },
    connectAgent: () => undefined,
  };
}

function wordsOf(prompt: Parameters<Voice['play']>[0]): string {
  switch (prompt.kind) {
    case 'text':
      return prompt.text;
    case 'ssml':
      return prompt.ssml;
    case 'prompt':
      return `(prompt ${prompt.promptId})`;
    case 'media':
      return `(media ${prompt.uri})`;
  }
}

/** The ARN of the instance's queue called Billing. */
export const BILLING_ARN = arnIn(laptopWorld(), 'queue', 'b1b1b1b1-0000-4000-8000-00000000b001');
/** Ana Ruiz. */
export const ANA_ID = 'd4d4d4d4-0000-4000-8000-00000000d001';
