import type { Clock } from '../clock.ts';
import type { FlowCall } from '../services/connect/voice/flow-call.ts';
import type { CallScope } from './call-scope.ts';
import type { About, CallResult } from './control-schema.ts';

/** What the program that runs a simulator adds to it: it knows what calls are to lead to. */
export interface ControlHost {
  readonly about: NonNullable<About['host']>;
  /** Waits for what a call leads to. */
  readonly resultOf: (call: FollowedCall) => Promise<CallResult>;
  /** The functions' names by their logical ids. */
  readonly functions: () => ReadonlyMap<string, string>;
}

interface FollowedCall {
  readonly call: FlowCall;
  readonly clock: Clock;
  readonly scope: CallScope;
}
