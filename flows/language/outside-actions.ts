import { z } from 'zod';
import { ERROR_OPTIONAL, EVERYWHERE, INBOUND, type ActionRule, type ErrorBranches } from './action-rule.ts';
import { dynamic, flag, scalar, staticText } from './parameter.ts';

const anything = z.record(z.string(), z.unknown());

/** What the documentation lists, and exports have: names, or an object with names as keys. */
const wantedFields = z.union([z.array(z.string()), anything]);

const profile = z.strictObject({
  ProfileRequestData: anything,
  ProfileResponseData: wantedFields.optional(),
});

/** A rule for an action of any flow that takes no conditions. */
function anywhere<Shape extends z.ZodType>(parameters: Shape, errors: ErrorBranches) {
  return { parameters, errors, next: 'required', ends: 'never', flowTypes: EVERYWHERE } as const;
}

const canFail = (...others: ErrorBranches['optional']) => ({
  required: [],
  optional: ['NoMatchingError', ...others] as const,
});

/**
 * Actions that reach other parts of Amazon Connect: customer profiles, cases, the assistant, data tables, other
 * contacts, and Voice ID, which has ended and is still in old flows.
 *
 * Source: Amazon Connect's flow language, its pages on each action; for data tables the block's page, and names of
 * parameters from exported flows.
 */
export const OUTSIDE_ACTIONS = {
  GetCustomerProfile: anywhere(profile, canFail('MultipleFoundError', 'NoneFoundError')),
  GetCustomerProfileObject: anywhere(profile, canFail('NoneFoundError')),
  GetCalculatedAttributesForCustomerProfile: anywhere(profile, canFail('NoneFoundError')),
  CreateCustomerProfile: anywhere(profile, ERROR_OPTIONAL),
  UpdateCustomerProfile: anywhere(profile, ERROR_OPTIONAL),
  AssociateContactToCustomerProfile: anywhere(profile, ERROR_OPTIONAL),

  GetCase: anywhere(
    z.strictObject({
      LinkContactToCase: flag.optional(),
      GetLastUpdatedCase: flag.optional(),
      CustomerId: dynamic.optional(),
      CaseRequestFields: anything.optional(),
      CaseResponseFields: wantedFields.optional(),
    }),
    canFail('ContactNotLinked', 'MultipleFound', 'NoneFound'),
  ),
  CreateCase: anywhere(
    z.strictObject({
      LinkContactToCase: flag.optional(),
      CaseTemplateId: dynamic,
      CaseRequestFields: anything.optional(),
    }),
    canFail('ContactNotLinked'),
  ),
  UpdateCase: anywhere(
    z.strictObject({
      LinkContactToCase: flag.optional(),
      CaseId: dynamic.optional(),
      CaseRequestFields: anything.optional(),
    }),
    canFail('ContactNotLinked'),
  ),

  CreateWisdomSession: anywhere(
    z.strictObject({
      WisdomAssistantArn: dynamic,
      OrchestrationAIAgentConfiguration: anything.optional(),
    }),
    ERROR_OPTIONAL,
  ),

  EvaluateDataTableValues: anywhere(
    z.strictObject({ DataTableId: dynamic, Queries: z.array(anything).min(1).max(5) }),
    ERROR_OPTIONAL,
  ),
  ListDataTableValues: anywhere(
    z.strictObject({ DataTableId: dynamic, PrimaryKeyGroups: z.array(anything).max(5) }),
    ERROR_OPTIONAL,
  ),
  UpsertDataTableValues: anywhere(
    z.strictObject({
      DataTableId: dynamic,
      LockVersion: z.unknown().optional(),
      DataTableUpsertAttributes: z.array(anything),
    }),
    ERROR_OPTIONAL,
  ),

  StartOutboundChatContact: anywhere(z.looseObject({}), ERROR_OPTIONAL),
  CreatePersistentContactAssociation: anywhere(z.looseObject({}), ERROR_OPTIONAL),
  LoadContactContent: anywhere(z.strictObject({ ContentType: staticText }), ERROR_OPTIONAL),
  ResumeContact: anywhere(z.strictObject({}), ERROR_OPTIONAL),
  UpdateContactMediaProcessing: anywhere(z.strictObject({ ChatProcessor: anything }), {
    required: ['NoMatchingError', 'ChannelMismatch'],
    optional: [],
  }),
  AuthenticateParticipant: {
    ...anywhere(z.looseObject({}), canFail('NoMatchingCondition', 'TimeLimitExceeded')),
    results: { operators: ['Equals'] },
    flowTypes: INBOUND,
  },

  CheckOutboundCallStatus: {
    ...anywhere(z.strictObject({}), canFail('NoMatchingCondition')),
    results: {
      operators: ['Equals'],
      values: ['CallAnswered', 'VoicemailBeep', 'VoicemailNoBeep', 'NotDetected'],
    },
  },
  CheckVoiceId: {
    ...anywhere(z.strictObject({ CheckVoiceIdOption: scalar }), canFail('NoMatchingCondition')),
    results: { operators: ['Equals'] },
  },
  StartVoiceIdStream: anywhere(z.strictObject({}), ERROR_OPTIONAL),
} as const satisfies Readonly<Record<string, ActionRule>>;
