import { z } from 'zod';
import {
  ERROR_OPTIONAL,
  EVERYWHERE,
  INBOUND_TRANSFER,
  INBOUND_TRANSFER_QUEUE,
  NO_ERRORS,
  type ActionRule,
} from './action-rule.ts';
import {
  dynamic,
  integer,
  integerOrPath,
  pathOnly,
  scalar,
  single,
  staticText,
  withQueueOrAgentIfAny,
} from './parameter.ts';

const LONGEST_WAIT_SECONDS = 604_800;

const METRICS = [
  'NumberOfAgentsAvailable',
  'NumberOfAgentsStaffed',
  'NumberOfAgentsOnline',
  'OldestContactInQueueAgeSeconds',
  'NumberOfContactsInQueue',
] as const;

const NUMBER_OPERATORS = [
  'Equals',
  'NumberGreaterThan',
  'NumberGreaterOrEqualTo',
  'NumberLessThan',
  'NumberLessOrEqualTo',
] as const;

/** Actions that decide where the flow goes on (flow language 2019-10-30, flow control actions). */
export const CONTROL_ACTIONS = {
  Compare: {
    parameters: z.strictObject({ ComparisonValue: pathOnly }),
    errors: { required: ['NoMatchingCondition'], optional: [] },
    results: { operators: [...NUMBER_OPERATORS, 'TextStartsWith', 'TextEndsWith', 'TextContains'] },
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  CheckHoursOfOperation: {
    parameters: z.strictObject({ HoursOfOperationId: single.optional() }),
    errors: ERROR_OPTIONAL,
    results: { operators: ['Equals'], values: ['True', 'False'], needed: 'all' },
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  CheckMetricData: {
    parameters: withQueueOrAgentIfAny({ MetricType: z.enum(METRICS) }),
    onlyOneOf: ['QueueId', 'AgentId'],
    errors: { required: ['NoMatchingError', 'NoMatchingCondition'], optional: [] },
    results: { operators: NUMBER_OPERATORS, needed: 'one' },
    given: ({ MetricType: metric }) =>
      typeof metric === 'string' && metric.startsWith('NumberOfAgents')
        ? { results: { operators: ['NumberGreaterThan'], values: ['0'], needed: 'one' } }
        : {},
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  GetMetricData: {
    parameters: withQueueOrAgentIfAny({ QueueChannel: z.enum(['Voice', 'Chat']).optional() }),
    onlyOneOf: ['QueueId', 'AgentId'],
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  Loop: {
    parameters: z.strictObject({ LoopCount: integerOrPath(0, 100) }),
    errors: ERROR_OPTIONAL,
    results: { operators: ['Equals'], values: ['ContinueLooping', 'DoneLooping'], needed: 'all' },
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  Wait: {
    parameters: z.strictObject({
      TimeLimitSeconds: integerOrPath(1, LONGEST_WAIT_SECONDS),
      Events: z.array(staticText).optional(),
      ParticipantType: staticText.optional(),
    }),
    // The name that the documentation gives it.
    refused: ['TimeoutSeconds'],
    errors: { required: [], optional: ['NoMatchingError', 'ParticipantNotFound'] },
    results: { operators: ['Equals'] },
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  DistributeByPercentage: {
    parameters: z.strictObject({}),
    errors: { required: [], optional: ['NoMatchingCondition'] },
    results: { operators: ['NumberLessThan'] },
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  TransferToFlow: {
    parameters: z.strictObject({ ContactFlowId: single }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'on-success',
    flowTypes: INBOUND_TRANSFER,
  },

  UpdateFlowAttributes: {
    parameters: z.strictObject({
      FlowAttributes: z.record(z.string().min(1), z.strictObject({ Value: scalar })),
    }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateFlowLoggingBehavior: {
    parameters: z.strictObject({ FlowLoggingBehavior: z.enum(['Enabled', 'Disabled']) }),
    errors: NO_ERRORS,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  EndFlowExecution: {
    parameters: z.strictObject({}),
    errors: NO_ERRORS,
    next: 'none',
    ends: 'always',
    flowTypes: ['CUSTOMER_QUEUE', 'CUSTOMER_WHISPER', 'AGENT_WHISPER', 'OUTBOUND_WHISPER'],
  },

  EndFlowModuleExecution: {
    // Newer modules choose one of their own branches here, in a form that is not known to us.
    parameters: z.record(z.string(), z.unknown()),
    errors: NO_ERRORS,
    next: 'none',
    ends: 'always',
    flowTypes: ['MODULE'],
  },
} as const satisfies Readonly<Record<string, ActionRule>>;

/** Actions that reach beyond the flow (flow language 2019-10-30, interactions). */
export const INTERACTIONS = {
  InvokeLambdaFunction: {
    parameters: z
      .strictObject({
        LambdaFunctionARN: dynamic,
        InvocationTimeLimitSeconds: integer(1, 60),
        InvocationType: z.enum(['SYNCHRONOUS', 'ASYNCHRONOUS']).optional(),
        LambdaInvocationAttributes: z.record(z.string(), z.unknown()).optional(),
        ResponseValidation: z.strictObject({ ResponseType: z.enum(['STRING_MAP', 'JSON']) }).optional(),
      })
      .refine(
        ({ InvocationType: kind, InvocationTimeLimitSeconds: limit }) =>
          kind === 'ASYNCHRONOUS' || Number(limit) <= 8,
        { path: ['InvocationTimeLimitSeconds'], error: 'at most 8 seconds while the flow waits' },
      ),
    errors: { required: ['NoMatchingError'], optional: [] },
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  InvokeFlowModule: {
    parameters: z.strictObject({
      FlowModuleId: dynamic.min(1),
      InputParameters: z.record(z.string(), z.unknown()).optional(),
    }),
    errors: { required: ['NoMatchingError'], optional: ['NoMatchingCondition'] },
    results: { operators: ['Equals'] },
    next: 'required',
    ends: 'never',
    flowTypes: ['CONTACT_FLOW', 'MODULE'],
  },

  CreateCallbackContact: {
    parameters: withQueueOrAgentIfAny({
      InitialCallDelaySeconds: integer(1, 259_200),
      MaximumConnectionAttempts: integer(1, 100),
      RetryDelaySeconds: integer(1, 259_200),
      ContactFlowId: single.optional(),
      CallerId: z.unknown().optional(),
    }),
    onlyOneOf: ['QueueId', 'AgentId'],
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  CreateTask: {
    parameters: z.strictObject({
      Name: z.string(),
      Description: z.string().optional(),
      ContactFlowId: single.optional(),
      TaskTemplateId: single.optional(),
      References: z.record(z.string(), z.strictObject({ Type: z.string(), Value: z.string() })).optional(),
      Attributes: z.record(z.string(), scalar).optional(),
      DelaySeconds: integerOrPath(1, 518_400).optional(),
      ScheduledTime: z.unknown().optional(),
    }),
    onlyOneOf: ['ContactFlowId', 'TaskTemplateId'],
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },
} as const satisfies Readonly<Record<string, ActionRule>>;
