import type { FlowStart } from '../flow/flow-parts.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import type { Voice } from '../voice/voice.ts';

/** Runs a flow. If `voice` is given, the flow speaks to it instead of the caller. */
export type RunFlow = (start: FlowStart, voice?: Voice) => FlowRun;
