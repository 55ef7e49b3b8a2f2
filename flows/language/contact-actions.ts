import { z } from 'zod';
import {
  ERROR_OPTIONAL,
  ERROR_REQUIRED,
  EVERYWHERE,
  ALL_BUT_HOLD,
  INBOUND,
  INBOUND_TRANSFER,
  INBOUND_TRANSFER_QUEUE,
  NO_ERRORS,
  type ActionRule,
} from './action-rule.ts';
import { withoutPaths } from './json-path.ts';
import {
  flag,
  integer,
  integerOrPath,
  pathOnly,
  scalar,
  single,
  staticText,
  voiceConnector,
  withQueueOrAgent,
} from './parameter.ts';
import { recordingAndAnalytics, recordingBehavior } from './recording-behavior.ts';

const QUEUE_ERRORS = { required: ['QueueAtCapacity', 'NoMatchingError'], optional: [] } as const;
const RECORDING_ERRORS = {
  required: ['NoMatchingError', 'ChannelMismatch'],
  optional: ['InFlightRedactionConfigurationFailed'],
} as const;
const CHAT_RECORDING_ERRORS = {
  required: ['NoMatchingError', 'ChannelMismatch', 'InFlightRedactionConfigurationFailed'],
  optional: [],
} as const;
const TARGET_CONTACT = z.enum(['Current', 'Related']);

/** A key may be made of paths; beside them, a dollar or dot in it could not be read back by a path. */
const attributeKey = z
  .string()
  .min(1)
  .refine((key) => !/[$.]/.test(withoutPaths(key)), 'a name without $ and dot');

const anything = z.record(z.string(), z.unknown());

const EVENT_HOOKS = [
  'CustomerQueue',
  'CustomerWhisper',
  'AgentWhisper',
  'CustomerHold',
  'AgentHold',
  'CustomerRemaining',
  'DefaultAgentUI',
  'DisconnectAgentUI',
  'PauseContact',
  'ResumeContact',
] as const;

/** Actions that change the contact (flow language 2019-10-30, contact actions). */
export const CONTACT_ACTIONS = {
  UpdateContactAttributes: {
    parameters: z.strictObject({
      Attributes: z.record(attributeKey, scalar),
      TargetContact: TARGET_CONTACT.optional(),
    }),
    errors: ERROR_REQUIRED,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateContactData: {
    parameters: z
      .strictObject({
        Name: z.string(),
        Description: z.string(),
        LanguageCode: single,
        CustomerId: z.string(),
        References: anything,
        WisdomSessionArn: z.string(),
        TargetContact: TARGET_CONTACT,
        SegmentAttributes: anything,
        // Actions of Amazon Connect Voice ID, which has ended; old flows still have them.
        IsVoiceIdStreamingEnabled: flag,
        IsFraudDetectionEnabled: flag,
        IsVoiceAuthenticationEnabled: flag,
        FraudDetectionThreshold: scalar,
        WatchlistId: scalar,
        VoiceAuthenticationThreshold: scalar,
        VoiceAuthenticationResponseTime: scalar,
      })
      .partial(),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateContactMediaStreamingBehavior: {
    parameters: z.strictObject({
      MediaStreamingState: z.enum(['Enabled', 'Disabled']),
      MediaStreamType: z.literal('Audio'),
      Participants: z
        .array(
          z.strictObject({
            ParticipantType: z.literal('Customer'),
            MediaDirections: z.array(z.enum(['From', 'To'])).min(1),
          }),
        )
        .min(1),
    }),
    errors: ERROR_REQUIRED,
    next: 'required',
    ends: 'never',
    flowTypes: ALL_BUT_HOLD,
  },

  UpdateContactRecordingBehavior: {
    parameters: recordingBehavior,
    errors: NO_ERRORS,
    next: 'required',
    ends: 'never',
    flowTypes: [...INBOUND_TRANSFER_QUEUE, 'OUTBOUND_WHISPER'],
  },

  UpdateContactRecordingAndAnalyticsBehavior: {
    parameters: recordingAndAnalytics,
    onlyOneOf: ['VoiceBehavior', 'ChatBehavior'],
    errors: RECORDING_ERRORS,
    given: (parameters) => ('ChatBehavior' in parameters ? { errors: CHAT_RECORDING_ERRORS } : {}),
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateContactTargetQueue: {
    parameters: withQueueOrAgent({}),
    onlyOneOf: ['QueueId', 'AgentId'],
    atLeastOneOf: ['QueueId', 'AgentId'],
    errors: ERROR_REQUIRED,
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER,
  },

  TransferContactToQueue: {
    parameters: z.strictObject({}),
    refused: ['QueueId'],
    errors: QUEUE_ERRORS,
    next: 'required',
    ends: 'on-success',
    flowTypes: INBOUND_TRANSFER,
  },

  DequeueContactAndTransferToQueue: {
    parameters: withQueueOrAgent({}),
    onlyOneOf: ['QueueId', 'AgentId'],
    atLeastOneOf: ['QueueId', 'AgentId'],
    errors: QUEUE_ERRORS,
    next: 'required',
    ends: 'on-success',
    flowTypes: ['CUSTOMER_QUEUE'],
  },

  TransferContactToAgent: {
    parameters: z.strictObject({}),
    errors: NO_ERRORS,
    next: 'none',
    ends: 'always',
    flowTypes: ['AGENT_TRANSFER', 'QUEUE_TRANSFER'],
  },

  UpdateContactEventHooks: {
    parameters: z.strictObject({
      EventHooks: z
        .partialRecord(z.enum(EVENT_HOOKS), single)
        .refine((hooks) => Object.keys(hooks).length === 1, 'exactly one hook'),
      EventHooksConfiguration: anything.optional(),
    }),
    errors: ERROR_REQUIRED,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateContactTextToSpeechVoice: {
    parameters: z.strictObject({
      TextToSpeechVoice: single,
      // Each may be computed. A name that Polly does not have is found only in the call.
      TextToSpeechEngine: single.optional(),
      TextToSpeechStyle: single.optional(),
    }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UpdateContactRoutingBehavior: {
    parameters: z.union([
      z.strictObject({ QueuePriority: integer(1, Number.MAX_SAFE_INTEGER) }),
      z.strictObject({ QueueTimeAdjustmentSeconds: integer(0, Number.MAX_SAFE_INTEGER) }),
    ]),
    onlyOneOf: ['QueuePriority', 'QueueTimeAdjustmentSeconds'],
    errors: NO_ERRORS,
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND,
  },

  UpdateContactRoutingCriteria: {
    parameters: z.strictObject({ RoutingCriteria: z.union([anything, pathOnly]) }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  UpdateContactCallbackNumber: {
    parameters: z.strictObject({ CallbackNumber: pathOnly }),
    errors: { required: ['InvalidCallbackNumber', 'CallbackNumberNotDialable'], optional: [] },
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  UpdatePreviousContactParticipantState: {
    parameters: z.strictObject({
      PreviousContactParticipantState: z.enum(['AgentOnHold', 'CustomerOnHold', 'OffHold']),
    }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER,
  },

  TagContact: {
    parameters: z.strictObject({
      Tags: z.record(z.string(), scalar).refine((tags) => Object.keys(tags).length <= 6, 'at most 6 tags'),
    }),
    errors: ERROR_REQUIRED,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  UnTagContact: {
    parameters: z.strictObject({ TagKeys: z.array(staticText) }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: EVERYWHERE,
  },

  CompleteOutboundCall: {
    parameters: z.strictObject({
      CallerId: z.strictObject({ Number: single }).optional(),
      VoiceConnector: voiceConnector.optional(),
      ConnectionTimeLimitSeconds: integerOrPath(1, 600).optional(),
    }),
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: ['OUTBOUND_WHISPER'],
  },
} as const satisfies Readonly<Record<string, ActionRule>>;
