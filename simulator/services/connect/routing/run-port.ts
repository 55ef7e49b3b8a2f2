import type { FlowStart } from '../flow/flow-parts.ts';
import type { FlowRun } from '../flow/flow-run.ts';
import type { Voice } from '../voice/voice.ts';

/** Runs a flow. With `voice` given, that is whom the flow speaks to, and not the caller. */
export type RunFlow = (start: FlowStart, voice?: Voice) => FlowRun;
