import { z } from 'zod';
import { FLOW_TYPES } from '../../flows/language/document.ts';
import { DAYS, type World } from '../services/connect/world.ts';
import type { SendingRules } from '../services/ses/sending-rules.ts';
import type { AccountState } from './account-state.ts';

/** What a world file holds. Members that it does not know are refused: a misspelled one would be a healthy world. */
const text = z.string().min(1);
const arnOf = (service: string) =>
  z
    .string()
    .regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:.+$`), `not the ARN of ${service}`);
const e164 = z.string().regex(/^\+[1-9]\d{1,14}$/, 'not a number in E.164, such as +15555550100');
const principal = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:(iam::\d{12}:(root|user\/.+)|sts::\d{12}:(assumed-role\/[^/]+\/[^/]+|federated-user\/.+))$/,
    'not the ARN of a user, a role’s session, a federated user or the root user',
  );
const tags = z.record(z.string(), z.string());
const status = z.enum(['ACTIVE', 'CREATION_IN_PROGRESS', 'CREATION_FAILED']);
const channel = z.enum(['VOICE', 'TASK', 'CHAT']);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not a time of day, HH:MM');
const statement = z.strictObject({
  Sid: text.exactOptional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: z.union([text, z.array(text)]).exactOptional(),
  NotAction: z.union([text, z.array(text)]).exactOptional(),
  Resource: z.union([text, z.array(text)]).exactOptional(),
  NotResource: z.union([text, z.array(text)]).exactOptional(),
  Condition: z.record(text, z.record(text, z.union([text, z.array(text)]))).exactOptional(),
});

const queue = z.strictObject({
  id: text,
  name: text,
  hoursOfOperationId: text.exactOptional(),
  status: z.enum(['ENABLED', 'DISABLED']).exactOptional(),
  maxContacts: z.int().min(0).exactOptional(),
  tags: tags.exactOptional(),
});

const user = z.strictObject({
  id: text,
  username: text,
  firstName: text.exactOptional(),
  lastName: text.exactOptional(),
  email: text.exactOptional(),
  secondaryEmail: text.exactOptional(),
  routingProfileId: text.exactOptional(),
  proficiencies: z
    .array(z.strictObject({ name: text, value: text, level: z.int().min(1).max(5) }))
    .exactOptional(),
  tags: tags.exactOptional(),
  hierarchyGroupId: text.exactOptional(),
});

const flow = z.strictObject({
  id: text,
  name: text,
  type: z.enum(FLOW_TYPES),
  /** Flow language, or the name of a file with it, from the folder of the world file. */
  document: z.union([text, z.looseObject({})]),
});

const hoursOfOperation = z.strictObject({
  id: text,
  name: text,
  timeZone: text,
  week: z.array(z.strictObject({ day: z.enum(DAYS), from: clockTime, to: clockTime })),
});

const routingProfile = z.strictObject({
  id: text,
  name: text,
  queues: z.array(z.strictObject({ queueId: text, channels: z.array(channel) })).exactOptional(),
  concurrency: z.partialRecord(channel, z.int().min(0)).exactOptional(),
  isCrossChannel: z.boolean().exactOptional(),
});

const instance = z.strictObject({
  instanceArn: arnOf('connect'),
  alias: text,
  status: status.exactOptional(),
  contactRecordStreamArn: arnOf('kinesis'),
  contactRecordsElsewhere: z
    .union([z.literal('off'), z.strictObject({ firehoseArn: arnOf('firehose') })])
    .exactOptional(),
  hasMediaStreaming: z.boolean(),
  mediaStreamPrefix: text,
  mediaRetentionHours: z.number().min(0),
  mediaKeyArn: arnOf('kms').exactOptional(),
  ivrRecordingsBucket: text.exactOptional(),
  ivrRecordingsPrefix: text.exactOptional(),
  ivrPauses: z.enum(['silent', 'cut']).exactOptional(),
  ivrRecordingsKeyArn: arnOf('kms').exactOptional(),
  attachmentsBucket: text.exactOptional(),
  phoneNumber: e164,
  claimedNumbers: z.array(z.strictObject({ number: e164, flow: text.exactOptional() })).exactOptional(),
  associatedFunctions: z.array(arnOf('lambda')).exactOptional(),
  otherInstances: z
    .array(z.strictObject({ arn: arnOf('connect'), alias: text, status: status.exactOptional() }))
    .exactOptional(),
  queues: z.array(queue),
  users: z.array(user),
  flows: z.array(flow),
  hoursOfOperation: z.array(hoursOfOperation).exactOptional(),
  routingProfiles: z.array(routingProfile).exactOptional(),
  telephones: z
    .array(z.strictObject({ number: e164, answersAfterMs: z.number().min(0), talksMs: z.number().min(0) }))
    .exactOptional(),
  prompts: z.array(z.strictObject({ id: text, name: text, says: z.string(), lengthMs: z.number().min(0) })),
});

const profile = z.strictObject({
  ProfileId: text,
  FirstName: text.exactOptional(),
  LastName: text.exactOptional(),
  BusinessName: text.exactOptional(),
  PhoneNumber: text.exactOptional(),
  MobilePhoneNumber: text.exactOptional(),
  HomePhoneNumber: text.exactOptional(),
  BusinessPhoneNumber: text.exactOptional(),
  EmailAddress: text.exactOptional(),
});

const account = z.strictObject({
  administrator: z
    .strictObject({
      arn: principal,
      statements: z.array(statement).exactOptional(),
      deniedByOrganization: z.array(statement).exactOptional(),
    })
    .exactOptional(),
  bootstrap: z.strictObject({ version: z.int().min(1), qualifier: text.exactOptional() }).exactOptional(),
  keys: z
    .array(
      z.strictObject({
        arn: arnOf('kms'),
        aliases: z.array(z.string().startsWith('alias/')).exactOptional(),
        state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']).exactOptional(),
        policy: z
          .array(
            statement.extend({
              Principal: z.union([z.literal('*'), z.record(text, z.union([text, z.array(text)]))]),
            }),
          )
          .exactOptional(),
      }),
    )
    .exactOptional(),
  policies: z.array(z.strictObject({ arn: text, statements: z.array(statement) })).exactOptional(),
  dataStreams: z
    .array(
      z.strictObject({
        arn: arnOf('kinesis'),
        shards: z.int().min(1).exactOptional(),
        retentionHours: z.number().min(24).exactOptional(),
        keyId: text.exactOptional(),
        consumers: z.array(text).exactOptional(),
      }),
    )
    .exactOptional(),
  videoStreams: z
    .array(
      z.strictObject({ name: text, retentionHours: z.number().min(0), keyArn: arnOf('kms').exactOptional() }),
    )
    .exactOptional(),
  functions: z.array(z.strictObject({ name: text, runtime: text.exactOptional() })).exactOptional(),
  eventSourceMappings: z
    .array(
      z.strictObject({
        functionName: text,
        eventSourceArn: text,
        state: z.enum(['Enabled', 'Disabled']).exactOptional(),
      }),
    )
    .exactOptional(),
  buckets: z.array(z.strictObject({ name: text, keyArn: arnOf('kms').exactOptional() })).exactOptional(),
  confirmingAddresses: z.array(text).exactOptional(),
  lambda: z.strictObject({ concurrentExecutions: z.int().min(0).exactOptional() }).exactOptional(),
  quotas: z
    .array(z.strictObject({ serviceCode: text, quotaCode: text, quotaName: text, value: z.number().min(0) }))
    .exactOptional(),
  stacks: z
    .array(
      z.strictObject({
        name: text,
        description: text.exactOptional(),
        status: text.exactOptional(),
        statusReason: text.exactOptional(),
        outputs: z.record(text, z.string()).exactOptional(),
        resources: z
          .array(
            z.strictObject({
              logicalId: text,
              type: text,
              physicalId: text,
              status: text.exactOptional(),
            }),
          )
          .exactOptional(),
      }),
    )
    .exactOptional(),
  profileDomains: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, 'not the name of a domain'),
        instanceArns: z.array(arnOf('connect')).exactOptional(),
        profiles: z.array(profile).exactOptional(),
      }),
    )
    .exactOptional(),
  charges: z
    .array(
      z.strictObject({
        day: z.iso.date(),
        service: text,
        region: text,
        dollars: z.number().min(0),
        tags: z.record(text, z.string()).exactOptional(),
      }),
    )
    .exactOptional(),
  drifts: z
    .array(
      z.strictObject({
        stackName: text,
        hoursAgo: z.number().min(0),
        resources: z
          .array(
            z.strictObject({
              logicalId: text,
              status: z.enum(['MODIFIED', 'DELETED']),
              differences: z
                .array(
                  z.strictObject({
                    path: text,
                    expected: z.string(),
                    actual: z.string(),
                    kind: z.enum(['ADD', 'REMOVE', 'NOT_EQUAL']),
                  }),
                )
                .exactOptional(),
            }),
          )
          .exactOptional(),
      }),
    )
    .exactOptional(),
});

const email = z.strictObject({
  identities: z.record(text, z.boolean()).exactOptional(),
  identityDetails: z
    .record(
      text,
      z.strictObject({
        dkim: z.enum(['SUCCESS', 'PENDING', 'FAILED', 'TEMPORARY_FAILURE', 'off']).exactOptional(),
        mailFrom: z
          .strictObject({
            domain: text,
            status: z.enum(['PENDING', 'SUCCESS', 'FAILED', 'TEMPORARY_FAILURE']),
            isRequired: z.boolean().exactOptional(),
          })
          .exactOptional(),
      }),
    )
    .exactOptional(),
  sandbox: z.boolean().exactOptional(),
  dailyQuota: z.int().min(0).exactOptional(),
  sentToday: z.int().min(0).exactOptional(),
  isPaused: z.boolean().exactOptional(),
  isUnderReview: z.boolean().exactOptional(),
  templates: z
    .record(text, z.strictObject({ subject: text, text: text.exactOptional(), html: text.exactOptional() }))
    .exactOptional(),
});

/** A world file: JSON with the Amazon Connect instance, and what else the account has. */
export const worldSchema = z.strictObject({
  instance: instance,
  account: account.exactOptional(),
  email: email.exactOptional(),
});

export type WrittenWorld = z.infer<typeof worldSchema>;

/** The schema says what the simulator takes: a member that one of the two lacks is a compile error here. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<keyof z.infer<typeof instance>, keyof World>;
true satisfies Same<keyof z.infer<typeof account>, keyof AccountState>;
true satisfies Same<keyof z.infer<typeof email>, keyof SendingRules>;
