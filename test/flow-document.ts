import type { FlowAction, FlowDocument } from '../flows/language/document.ts';

/** An action in short: `errors` and `conditions` map what happened (`Equals`) to the next action. */
export interface ShortAction {
  readonly type: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly next?: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly conditions?: Readonly<Record<string, string>>;
}

export type ShortFlow = Readonly<Record<string, ShortAction>>;

/** A document from actions by identifier; the first one starts. */
export function flowDocument(actions: ShortFlow): FlowDocument {
  return {
    Version: '2019-10-30',
    StartAction: Object.keys(actions)[0] ?? '',
    Metadata: {},
    Actions: Object.entries(actions).map(([identifier, action]) => actionOf(identifier, action)),
  };
}

function actionOf(identifier: string, { type, parameters = {}, ...branches }: ShortAction): FlowAction {
  const { next, errors = {}, conditions = {} } = branches;
  return {
    Identifier: identifier,
    Type: type,
    Parameters: { ...parameters },
    Transitions: {
      ...(next !== undefined && { NextAction: next }),
      ...(branches.conditions && {
        Conditions: Object.entries(conditions).map(([operand, NextAction]) => ({
          NextAction,
          Condition: { Operator: 'Equals', Operands: [operand] },
        })),
      }),
      ...(branches.errors && {
        Errors: Object.entries(errors).map(([ErrorType, NextAction]) => ({ ErrorType, NextAction })),
      }),
    },
  };
}

export function says(Text: string, next: string): ShortAction {
  return { type: 'MessageParticipant', parameters: { Text }, next, errors: { NoMatchingError: next } };
}

export function setsAttributes(
  Attributes: Readonly<Record<string, string>>,
  next: string,
  failed = next,
): ShortAction {
  return {
    type: 'UpdateContactAttributes',
    parameters: { Attributes, TargetContact: 'Current' },
    next,
    errors: { NoMatchingError: failed },
  };
}

export function streams(
  MediaStreamingState: 'Enabled' | 'Disabled',
  next: string,
  { failed = next, directions = ['From'] }: { failed?: string; directions?: readonly string[] } = {},
): ShortAction {
  return {
    type: 'UpdateContactMediaStreamingBehavior',
    parameters: {
      MediaStreamingState,
      MediaStreamType: 'Audio',
      Participants: [{ ParticipantType: 'Customer', MediaDirections: directions }],
    },
    next,
    errors: { NoMatchingError: failed },
  };
}

/** A menu without keys: whatever happens goes to one action. */
export function listens(next: string, seconds = '120'): ShortAction {
  return {
    type: 'GetParticipantInput',
    parameters: {
      SSML: '<speak><break time="1s"/></speak>',
      StoreInput: 'False',
      InputTimeLimitSeconds: seconds,
    },
    next,
    errors: { InputTimeLimitExceeded: next, NoMatchingCondition: next, NoMatchingError: next },
  };
}

/** Identifiers are `log`, `ask`, `stream`, `flag`, `tone`, `listen`, `stop`, `bye`, `sorry`, `end`. */
export const MINIMAL_RECORDER = {
  log: { type: 'UpdateFlowLoggingBehavior', parameters: { FlowLoggingBehavior: 'Enabled' }, next: 'ask' },
  ask: says('Leave a message after the tone. Press pound when done.', 'stream'),
  stream: streams('Enabled', 'flag', { failed: 'sorry' }),
  flag: setsAttributes(
    {
      vmx3_flag: '1',
      vmx3_from: '$.CustomerEndpoint.Address',
      vmx3_queue_arn: '$.Queue.ARN',
      vmx3_lang: 'en-US',
      vmx3_mode: 'task',
    },
    'tone',
    'sorry',
  ),
  tone: {
    type: 'MessageParticipant',
    parameters: { SSML: '<speak><say-as interpret-as="expletive">beep</say-as></speak>' },
    next: 'listen',
    errors: { NoMatchingError: 'listen' },
  },
  listen: { ...listens('stop'), conditions: { '#': 'stop' } },
  stop: streams('Disabled', 'bye', { directions: ['To', 'From'] }),
  bye: says('Your message was saved.', 'end'),
  sorry: says('Voicemail is not available.', 'end'),
  end: { type: 'DisconnectParticipant' },
} as const satisfies ShortFlow;
