import { z } from 'zod';
import {
  ALL_BUT_HOLD,
  ERROR_OPTIONAL,
  ERROR_REQUIRED,
  EVERYWHERE,
  INBOUND_TRANSFER_QUEUE,
  NO_ERRORS,
  type ActionRule,
} from './action-rule.ts';
import {
  dynamic,
  falseFlag,
  flag,
  integer,
  integerOrPath,
  isTrue,
  PROMPTS,
  scalar,
  single,
  staticText,
  trueFlag,
  voiceConnector,
  withPrompt,
} from './parameter.ts';

const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;

const dtmf = z
  .strictObject({
    InputTerminationSequence: staticText.max(5),
    DisableCancelKey: flag,
    InterdigitTimeLimitSeconds: integerOrPath(1, 20),
  })
  .partial();

/** The console takes 180 at most. Whether the service does is not known. */
const inputTimeLimit = integer(1, Number.MAX_SAFE_INTEGER);

/** The block "Get customer input" without Lex: the first key counts. */
const oneKey = {
  StoreInput: falseFlag,
  InputTimeLimitSeconds: inputTimeLimit,
  DTMFConfiguration: dtmf.optional(),
} as const;

/** The block "Store customer input". */
const manyKeys = {
  StoreInput: trueFlag,
  InputTimeLimitSeconds: inputTimeLimit,
  DTMFConfiguration: dtmf.optional(),
  InputValidation: z.union([
    z.strictObject({
      CustomValidation: z.strictObject({ MaximumLength: integerOrPath(1, Number.MAX_SAFE_INTEGER) }),
    }),
    z.strictObject({
      PhoneNumberValidation: z.union([
        z.strictObject({ NumberFormat: z.literal('Local'), CountryCode: staticText }),
        z.strictObject({ NumberFormat: z.literal('E164') }),
      ]),
    }),
  ]),
  InputEncryption: z.strictObject({ EncryptionKeyId: dynamic, Key: dynamic }).optional(),
} as const;

const bufferOnly = z.strictObject({ EnableDTMFBuffer: flag });

const lexBot = {
  LexV2Bot: z.strictObject({ AliasArn: dynamic }).optional(),
  LexBot: z.strictObject({ Name: single, Region: single, Alias: single }).optional(),
  LexSessionAttributes: z.record(z.string(), scalar).optional(),
  LexTimeoutSeconds: z.record(z.string(), scalar).optional(),
} as const;

const lexInitialization = z.strictObject({ InitialMessage: dynamic.optional() });

/** Actions between the flow and the participants of the contact (flow language 2019-10-30, participant actions). */
export const PARTICIPANT_ACTIONS = {
  MessageParticipant: {
    parameters: withPrompt({ SkipWhenDTMFBufferEnabled: flag.optional() }),
    onlyOneOf: PROMPTS,
    atLeastOneOf: PROMPTS,
    errors: ERROR_OPTIONAL,
    next: 'required',
    ends: 'never',
    flowTypes: ALL_BUT_HOLD,
  },

  GetParticipantInput: {
    parameters: z.union([
      ...withPrompt(manyKeys).options,
      z.strictObject(manyKeys),
      ...withPrompt(oneKey).options,
      z.strictObject(oneKey),
      bufferOnly,
    ]),
    onlyOneOf: PROMPTS,
    errors: {
      required: ['NoMatchingError'],
      optional: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'InvalidPhoneNumber'],
    },
    results: { operators: ['Equals'], values: KEYS },
    given: (parameters) => {
      if ('EnableDTMFBuffer' in parameters) return { errors: ERROR_REQUIRED, results: 'none' };
      if (!isTrue(parameters['StoreInput'])) {
        return {
          errors: {
            required: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
            optional: [],
          },
        };
      }
      const isNumber = z.looseObject({ PhoneNumberValidation: z.unknown() });
      return {
        errors: isNumber.safeParse(parameters['InputValidation']).success
          ? { required: ['InvalidPhoneNumber', 'NoMatchingError'], optional: [] }
          : ERROR_REQUIRED,
        results: 'none',
      };
    },
    next: 'required',
    ends: 'never',
    flowTypes: [...INBOUND_TRANSFER_QUEUE, 'OUTBOUND_WHISPER'],
  },

  MessageParticipantIteratively: {
    parameters: z.strictObject({
      Messages: z.array(withPrompt({})).min(1),
      InterruptFrequencySeconds: integer(1, 3600).optional(),
      ContinueMessagingDuringInterrupt: flag.optional(),
    }),
    errors: ERROR_OPTIONAL,
    results: { operators: ['Equals'], values: ['MessagesInterrupted'] },
    next: 'optional',
    ends: 'never',
    flowTypes: ['CUSTOMER_QUEUE', 'CUSTOMER_HOLD', 'AGENT_HOLD'],
  },

  ConnectParticipantWithLexBot: {
    parameters: z.union([
      ...withPrompt({ ...lexBot, LexInitializationData: lexInitialization.optional() }).options,
      z.strictObject({ ...lexBot, LexInitializationData: lexInitialization }),
    ]),
    onlyOneOf: PROMPTS,
    atLeastOneOf: [...PROMPTS, 'LexInitializationData'],
    // InputTimeLimitExceeded is said to be required, and published flows are without it.
    errors: { required: ['NoMatchingCondition', 'NoMatchingError'], optional: ['InputTimeLimitExceeded'] },
    results: { operators: ['Equals'] },
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },

  ShowView: {
    parameters: z.strictObject({
      ViewResource: z.strictObject({ Id: single, Version: single.optional() }),
      InvocationTimeLimitSeconds: integer(1, 604_800).optional(),
      ViewData: z.record(z.string(), z.unknown()).optional(),
      SensitiveDataConfiguration: z.strictObject({ HideResponseOn: z.array(staticText) }).optional(),
    }),
    errors: { required: ['NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded'], optional: [] },
    results: { operators: ['Equals'] },
    next: 'required',
    ends: 'never',
    flowTypes: ['CONTACT_FLOW', 'CUSTOMER_QUEUE', 'MODULE'],
  },

  DisconnectParticipant: {
    parameters: z.strictObject({}),
    errors: NO_ERRORS,
    next: 'none',
    ends: 'always',
    flowTypes: EVERYWHERE,
  },

  TransferParticipantToThirdParty: {
    parameters: z.strictObject({
      ThirdPartyPhoneNumber: dynamic.optional(),
      VoiceConnector: voiceConnector.optional(),
      ThirdPartyConnectionTimeLimitSeconds: integerOrPath(0, 600).optional(),
      ContinueFlowExecution: flag.optional(),
      ThirdPartyDTMFDigits: dynamic.max(50).optional(),
      CallerId: z.strictObject({ Number: single.optional(), Name: dynamic.optional() }).optional(),
    }),
    errors: {
      required: [],
      optional: ['ConnectionTimeLimitExceeded', 'CallFailed', 'NoMatchingError'],
    },
    given: (parameters) =>
      isTrue(parameters['ContinueFlowExecution'])
        ? {}
        : { errors: { required: [], optional: ['ConnectionTimeLimitExceeded', 'NoMatchingError'] } },
    next: 'required',
    ends: 'never',
    flowTypes: INBOUND_TRANSFER_QUEUE,
  },
} as const satisfies Readonly<Record<string, ActionRule>>;
