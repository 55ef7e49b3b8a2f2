import { cut } from './cut.ts';
import type { Voicemail } from './voicemail.ts';

/** What `vmx3_mode` may say, as far as it makes a task. Each has a contact flow of its own. */
export type TaskMode = 'task' | 'guided_task';

export interface DeliveryModes {
  /** For voicemails that do not say. */
  readonly defaultMode: TaskMode;
  /** The deployed contact flows. */
  readonly flowIds: Readonly<Record<TaskMode, string>>;
  readonly instanceArn: string;
}

/** One way to bring a voicemail to an agent. */
export interface Way {
  readonly mode: TaskMode;
  readonly flowId: string;
  /** What the agent is told if it is not the way that was asked for. */
  readonly notes: readonly string[];
}

/** By mode: the contact attribute that names another flow, and what the agent calls it. */
const MODES: Readonly<Record<TaskMode, { flowAttribute: string; words: string }>> = {
  guided_task: { flowAttribute: 'vmx3_guided_task_flow', words: 'a guided task' },
  task: { flowAttribute: 'vmx3_task_flow', words: 'a task' },
};

/**
 * The ways to deliver a voicemail, the first choice first; the next is for when
 * Amazon Connect does not take the one before:
 *
 * 1. the contact flow that the voicemail names for its mode
 * 2. the deployed flow of its mode
 * 3. the deployed flow of the default mode, then of the other modes
 *
 * A mode that is unknown, misspelt or not to be had is the default mode.
 */
export function waysToDeliver(voicemail: Voicemail, modes: DeliveryModes): readonly [Way, ...Way[]] {
  const { defaultMode, flowIds, instanceArn } = modes;
  const { mode, notes } = modeOf(voicemail.mode?.trim(), defaultMode);

  const named = voicemail.attributes[MODES[mode].flowAttribute]?.trim();
  const flowNote = `The contact flow that ${MODES[mode].flowAttribute} names cannot be used; this is the usual one.`;
  const usual: Way = { mode, flowId: flowIds[mode], notes: named ? [...notes, flowNote] : notes };
  const others = ([defaultMode, 'guided_task', 'task'] as const)
    .filter((other, index, all) => other !== mode && all.indexOf(other) === index)
    .map((other) => {
      const note = `The contact flow for ${MODES[mode].words} cannot be used, so this is ${MODES[other].words}.`;
      return { mode: other, flowId: flowIds[other], notes: [...usual.notes, note] };
    });

  const namedId = named && flowIdIn(named, instanceArn);
  return namedId ? [{ mode, flowId: namedId, notes }, usual, ...others] : [usual, ...others];
}

function modeOf(asked: string | undefined, defaultMode: TaskMode): Pick<Way, 'mode' | 'notes'> {
  if (!asked) return { mode: defaultMode, notes: [] };
  if (asked === 'task' || asked === 'guided_task') return { mode: asked, notes: [] };
  const instead = `so this is ${MODES[defaultMode].words}.`;
  const note =
    asked === 'email'
      ? `Delivery by email is not set up, ${instead}`
      : `The delivery mode "${cut(asked, 40)}" is not known, ${instead}`;
  return { mode: defaultMode, notes: [note] };
}

/** By id or ARN. Undefined for what can be no flow of this instance. */
function flowIdIn(named: string, instanceArn: string): string | undefined {
  const prefix = `${instanceArn}/contact-flow/`;
  const id = named.startsWith(prefix) ? named.slice(prefix.length) : named;
  return /^[A-Za-z0-9-]{1,100}$/.test(id) ? id : undefined;
}
