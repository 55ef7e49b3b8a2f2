import type { FlowAction } from '../language/document.ts';
import type { Edge, FlowGraph } from './flow-graph.ts';
import { flagChange, ivrRecordingChange, streamingChange, toneOf } from './voicemail-actions.ts';

/** Where a call stands as it comes to an action, as far as a voicemail is concerned. */
export interface Moment {
  readonly action: FlowAction;
  /** Sound is taken up, by a stream or a recording of the automated interaction. */
  readonly isRecording: boolean;
  readonly isStreaming: boolean;
  readonly isIvrRecorded: boolean;
  /** What set the flag, if it is set. */
  readonly flaggedBy: FlowAction | undefined;
  /** The caller has heard the tone since the recording started. */
  readonly afterTone: boolean;
}

/** A step from one moment to the next. */
export interface Step {
  readonly edge: Edge;
  readonly to: Moment;
}

export interface RecordingWalk {
  /** Every moment any call can come to, once. */
  readonly moments: readonly Moment[];
  readonly stepsFrom: (moment: Moment) => readonly Step[];
}

/**
 * Follows every path through the flow, with what has happened on it to the recording, the flag
 * and the tone. There are a few such states for each action, so loops come to an end.
 */
export function walkRecording({ start, actions, edgesFrom }: FlowGraph): RecordingWalk {
  const number = new Map(actions.map((action, index) => [action, index]));
  const known = new Map<string, Moment>();
  const steps = new Map<Moment, readonly Step[]>();
  const sameMoment = (moment: Moment): Moment => {
    const { action, flaggedBy, isStreaming, isIvrRecorded, afterTone } = moment;
    const flag = flaggedBy && number.get(flaggedBy);
    const key = [number.get(action), flag, isStreaming, isIvrRecorded, afterTone].join(' ');
    const same = known.get(key) ?? moment;
    known.set(key, same);
    return same;
  };

  if (start) {
    const silent = { isRecording: false, isStreaming: false, isIvrRecorded: false };
    sameMoment({ action: start, ...silent, flaggedBy: undefined, afterTone: false });
  }
  // The map grows while it is walked; what is added is walked too.
  for (const moment of known.values()) {
    const next = edgesFrom(moment.action).map((edge) => ({ edge, to: sameMoment(after(moment, edge)) }));
    steps.set(moment, next);
  }
  return { moments: [...known.values()], stepsFrom: (moment) => steps.get(moment) ?? [] };
}

function after(moment: Moment, { kind, to }: Edge): Moment {
  const { action, flaggedBy, afterTone } = moment;
  const failed = kind === 'error';
  const [streaming, ivr] = [streamingChange(action), ivrRecordingChange(action)];
  const flag = failed ? undefined : flagChange(action);
  const started = !failed && (streaming === 'starts' || ivr === 'starts');
  const isStreaming = streaming === 'starts' && !failed ? true : moment.isStreaming && streaming !== 'stops';
  const isIvrRecorded = ivr === 'starts' && !failed ? true : moment.isIvrRecorded && ivr !== 'pauses';
  return {
    action: to,
    isRecording: isStreaming || isIvrRecorded,
    isStreaming,
    isIvrRecorded,
    flaggedBy: flag === 'sets' ? action : flag === 'clears' ? undefined : flaggedBy,
    // A tone that could not be played is not a fault of the flow: the call must go on somewhere.
    afterTone: !started && (afterTone || toneOf(action) !== undefined),
  };
}
