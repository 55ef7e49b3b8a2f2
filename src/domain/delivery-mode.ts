import { quoted } from './clean-text.ts';
import { attributeOf, type AttributeReadBy } from './contact-attributes.ts';
import type { Voicemail } from './voicemail.ts';

/**
 * The values of `vmx3_mode`. All other code that must know the modes derives from this list, or does not
 * compile without an entry for each.
 */
export const DELIVERY_MODES = ['task', 'guided_task', 'email'] as const;

export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/** The modes that make a task. Each has a contact flow of its own. */
const TASK_MODES = ['task', 'guided_task'] as const satisfies readonly DeliveryMode[];

export type TaskMode = (typeof TASK_MODES)[number];

export function isDeliveryMode(word: string): word is DeliveryMode {
  return DELIVERY_MODES.some((mode) => mode === word);
}

export interface DeliveryModes {
  /** For voicemails that do not say. */
  readonly defaultMode: DeliveryMode;
  /** The deployed contact flows. */
  readonly flowIds: Readonly<Record<TaskMode, string>>;
  /** Whether emails are set up. */
  readonly hasEmail: boolean;
  /** Whether recordings have links. A plain task has nothing else to play one, unless it is attached. */
  readonly hasLinks: boolean;
  /** Whether recordings are attached to tasks. */
  readonly attaches: boolean;
  readonly instanceArn: string;
}

/** One way to deliver a voicemail. */
export type Way = TaskWay | EmailWay;

interface TaskWay {
  readonly mode: TaskMode;
  readonly flowId: string;
  /** A note for the agent if this is not the requested way. */
  readonly notes: readonly string[];
}

interface EmailWay {
  readonly mode: 'email';
  /** A note for the agent if this is not the requested way. */
  readonly notes: readonly string[];
}

/** By mode: its name for people. */
const WORDS: Readonly<Record<DeliveryMode, string>> = {
  guided_task: 'a guided task',
  task: 'a task',
  email: 'an email',
};

/** By mode: the note of the next way after this one failed. */
const FAILED: Readonly<Record<DeliveryMode, string>> = {
  guided_task: 'The contact flow for a guided task cannot be used',
  task: 'The contact flow for a task cannot be used',
  email: 'Delivery by email failed',
};

/** By mode: the note if it is not set up. Guided tasks are always set up. */
const NOT_SET_UP: Readonly<Record<Exclude<DeliveryMode, 'guided_task'>, string>> = {
  task: 'A task without a guide could not play the recording',
  email: 'Delivery by email is not set up',
};

/** The contact attribute that names another flow. */
const FLOW_ATTRIBUTE: Readonly<Record<TaskMode, AttributeReadBy<'pipeline'>>> = {
  guided_task: 'vmx3_guided_task_flow',
  task: 'vmx3_task_flow',
};

/**
 * The ways to deliver a voicemail, the first choice first. The next one is used if Amazon Connect or SES
 * refuses the one before:
 *
 * 1. its mode: an email, or the contact flow that it names for its mode
 * 2. the deployed flow of its mode
 * 3. the default mode, then the deployed flows of a guided task and of a task
 *
 * A mode that is unknown, misspelled or not enabled is the default mode. Without links, a plain task is not enabled,
 * and only the last way: a message that cannot be played here is better than none. If it is enabled because recordings
 * are attached, it comes once more as the last way: the first time it is of use with its attachment alone.
 */
export function waysToDeliver(voicemail: Voicemail, modes: DeliveryModes): readonly [Way, ...Way[]] {
  const defaultMode = isSetUp(modes.defaultMode, modes) ? modes.defaultMode : 'guided_task';
  const { mode, notes } = modeOf(voicemail.mode?.trim(), { ...modes, defaultMode });
  const [first, ...more] = waysIn(mode, notes, voicemail, modes);
  const soFar = (more.at(-1) ?? first).notes;
  const others = ([defaultMode, 'guided_task', 'task'] as const)
    .filter((other, index, all) => other !== mode && all.indexOf(other) === index)
    .map((other) =>
      usualWay(other, [...soFar, `${failed(mode, modes)}, so this is ${WORDS[other]}.`], modes),
    );
  const last = mode === 'task' && !modes.hasLinks ? [usualWay('task', soFar, modes)] : [];
  return [first, ...more, ...others, ...last];
}

function failed(mode: DeliveryMode, { hasLinks }: Pick<DeliveryModes, 'hasLinks'>): string {
  return mode === 'task' && !hasLinks ? 'A task with the recording attached could not be made' : FAILED[mode];
}

/** The same ways, beginning with the email, if it is among them. */
export function mailFirst(ways: readonly [Way, ...Way[]]): readonly [Way, ...Way[]] {
  const [first, ...others] = ways.toSorted((a, b) => Number(b.mode === 'email') - Number(a.mode === 'email'));
  return [first ?? ways[0], ...others];
}

function waysIn(
  mode: DeliveryMode,
  notes: readonly string[],
  { attributes }: Voicemail,
  modes: DeliveryModes,
): readonly [Way, ...Way[]] {
  const named = isTaskMode(mode) ? attributeOf(attributes, FLOW_ATTRIBUTE[mode])?.trim() : undefined;
  if (!isTaskMode(mode) || !named) return [usualWay(mode, notes, modes)];
  const note = `The contact flow that ${FLOW_ATTRIBUTE[mode]} names cannot be used; this is the usual one.`;
  const usual = usualWay(mode, [...notes, note], modes);
  const flowId = flowIdIn(named, modes.instanceArn);
  return flowId ? [{ mode, flowId, notes }, usual] : [usual];
}

function usualWay(mode: DeliveryMode, notes: readonly string[], { flowIds }: DeliveryModes): Way {
  return isTaskMode(mode) ? { mode, flowId: flowIds[mode], notes } : { mode, notes };
}

function modeOf(
  asked: string | undefined,
  modes: Pick<DeliveryModes, 'defaultMode' | 'hasEmail' | 'hasLinks' | 'attaches'>,
): Pick<Way, 'mode' | 'notes'> {
  const { defaultMode } = modes;
  if (!asked) return { mode: defaultMode, notes: [] };
  const instead = `so this is ${WORDS[defaultMode]}.`;
  if (!isDeliveryMode(asked)) {
    const note = `The delivery mode ${quoted(asked, 40)} is not known, ${instead}`;
    return { mode: defaultMode, notes: [note] };
  }
  if (asked === 'guided_task' || isSetUp(asked, modes)) return { mode: asked, notes: [] };
  return { mode: defaultMode, notes: [`${NOT_SET_UP[asked]}, ${instead}`] };
}

function isTaskMode(mode: DeliveryMode): mode is TaskMode {
  return TASK_MODES.some((one) => one === mode);
}

function isSetUp(
  mode: DeliveryMode,
  { hasEmail, hasLinks, attaches }: Pick<DeliveryModes, 'hasEmail' | 'hasLinks' | 'attaches'>,
): boolean {
  switch (mode) {
    case 'task':
      return hasLinks || attaches;
    case 'guided_task':
      return true;
    case 'email':
      return hasEmail;
  }
}

/** By id or ARN. Undefined if it cannot be a flow of this instance. */
function flowIdIn(named: string, instanceArn: string): string | undefined {
  const prefix = `${instanceArn}/contact-flow/`;
  const id = named.startsWith(prefix) ? named.slice(prefix.length) : named;
  return /^[A-Za-z0-9-]{1,100}$/.test(id) ? id : undefined;
}
