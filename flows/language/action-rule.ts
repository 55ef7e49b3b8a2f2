import type { z } from 'zod';
import type { FlowType } from './document.ts';

/** The errors an action can have a branch for. */
export const ERROR_TYPES = [
  'CallFailed',
  'CallbackNumberNotDialable',
  'ChannelMismatch',
  'ConnectionTimeLimitExceeded',
  'ContactNotLinked',
  'InFlightRedactionConfigurationFailed',
  'InputTimeLimitExceeded',
  'InvalidCallbackNumber',
  'InvalidPhoneNumber',
  'MultipleFound',
  'MultipleFoundError',
  'NoMatchingCondition',
  'NoMatchingError',
  'NoneFound',
  'NoneFoundError',
  'ParticipantNotFound',
  'QueueAtCapacity',
  'TimeLimitExceeded',
] as const;

type ErrorType = (typeof ERROR_TYPES)[number];

type Operator =
  | 'Equals'
  | 'NumberGreaterOrEqualTo'
  | 'NumberGreaterThan'
  | 'NumberLessOrEqualTo'
  | 'NumberLessThan'
  | 'TextContains'
  | 'TextEndsWith'
  | 'TextStartsWith';

/** The error branches of an action. Any other is refused. */
export interface ErrorBranches {
  readonly required: readonly ErrorType[];
  readonly optional: readonly ErrorType[];
}

/** What the conditions of an action may compare its result with. */
export interface Results {
  readonly operators: readonly Operator[];
  /** The only operands there are; absent: any. */
  readonly values?: readonly string[];
  /** How many conditions there must be: `all` is one for each value. */
  readonly needed?: 'one' | 'all';
}

/** The service's rules for one type of action when it publishes a flow. */
export interface ActionRule {
  /** Strict. Values are checked as they are written, none is converted. A name that is missing here is not known to us. */
  readonly parameters: z.ZodType;
  /** Parameters that the service is known to refuse, although they look right. */
  readonly refused?: readonly string[];
  /** Parameters that exclude one another. */
  readonly onlyOneOf?: readonly string[];
  /** Parameters of which the service wants one, named as in its message. */
  readonly atLeastOneOf?: readonly string[];
  /** For any parameters; `given` says more. */
  readonly errors: ErrorBranches;
  /** Absent: the action takes no conditions. */
  readonly results?: Results;
  /** What is different for some parameters. */
  readonly given?: (parameters: Readonly<Record<string, unknown>>) => {
    readonly errors?: ErrorBranches;
    readonly results?: Results | 'none';
  };
  /** `none`: the action has no transitions at all. */
  readonly next: 'required' | 'optional' | 'none';
  /** Whether the flow is over after it; `on-success`: it goes on only at an error branch. */
  readonly ends: 'never' | 'on-success' | 'always';
  readonly flowTypes: readonly FlowType[];
}

export const INBOUND = ['CONTACT_FLOW', 'MODULE'] as const;
export const INBOUND_TRANSFER = ['CONTACT_FLOW', 'AGENT_TRANSFER', 'QUEUE_TRANSFER', 'MODULE'] as const;
export const INBOUND_TRANSFER_QUEUE = [...INBOUND_TRANSFER, 'CUSTOMER_QUEUE'] as const;
export const ALL_BUT_HOLD = [
  ...INBOUND_TRANSFER_QUEUE,
  'CUSTOMER_WHISPER',
  'AGENT_WHISPER',
  'OUTBOUND_WHISPER',
] as const;
export const EVERYWHERE = [...ALL_BUT_HOLD, 'CUSTOMER_HOLD', 'AGENT_HOLD'] as const;

export const NO_ERRORS = { required: [], optional: [] } as const;
export const ERROR_REQUIRED = { required: ['NoMatchingError'], optional: [] } as const;
export const ERROR_OPTIONAL = { required: [], optional: ['NoMatchingError'] } as const;
