import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { type KeptKind, keptOf } from '../retention-settings.ts';
import type { VoicemailConfig } from '../config.ts';
import { markAsKept } from '../constructs/kept.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';

/** The sparse index in which `sweep` finds open voicemails past their due time. */
export const OPEN_BY_DUE = 'open-by-due';
/** The sparse index of what was delivered, by the inbox that it is in. */
export const BY_INBOX = 'by-inbox';
/** The index of voicemails by who called, the newest last. */
export const BY_CALLER = 'by-caller';

type LedgerIndex = typeof OPEN_BY_DUE | typeof BY_INBOX | typeof BY_CALLER;

/** The ARN of one index, for a function that queries it. */
export function indexArn({ tableArn }: Pick<Table, 'tableArn'>, index: LedgerIndex): string {
  return `${tableArn}/index/${index}`;
}

/** Everything that outlives a function call. */
export interface Storage {
  readonly recordings: Bucket;
  readonly transcripts: Bucket;
  /** Contact records that could not be read, and batches that Lambda gave up. */
  readonly failures: Bucket;
  readonly ledger: Table;
  /** Signs the links to recordings. */
  readonly linkSecret: Secret;
}

/** All of it is kept when the stack is deleted, but not when its first deployment fails. */
export function storage(scope: Construct, config: VoicemailConfig): Storage {
  const { instanceArn, retentionDays: deleteAfterDays } = config;
  const bucketOf = (kind: KeptKind) =>
    new PrivateBucket(scope, kind, { kept: keptOf(kind, config), folder: `${kind}/` }).bucket;
  const kept = {
    recordings: bucketOf('recordings'),
    transcripts: bucketOf('transcripts'),
    failures: new PrivateBucket(scope, 'failures', { kept: { deleteAfterDays } }).bucket,
    ledger: ledger(scope),
    linkSecret: linkSecret(scope),
  };
  markAsKept(kept.recordings, 'recordings', instanceArn);
  markAsKept(kept.transcripts, 'transcripts', instanceArn);
  markAsKept(kept.failures, 'failures', instanceArn);
  markAsKept(kept.ledger, 'ledger', instanceArn);
  markAsKept(kept.linkSecret, 'link-secret', instanceArn);
  return kept;
}

const { STRING, NUMBER } = AttributeType;

/**
 * A stack that is deployed gets new ones one at a time: `vmx upgrade` does that, see docs/decisions/016. A new index
 * comes last: the order is that of the template.
 */
const INDEXES: readonly (readonly [name: LedgerIndex, partition: Attribute, sort: Attribute])[] = [
  [OPEN_BY_DUE, { name: 'open', type: STRING }, { name: 'dueAtMs', type: NUMBER }],
  [BY_INBOX, { name: 'inbox', type: STRING }, { name: 'inboxPlace', type: STRING }],
  [BY_CALLER, { name: 'caller', type: STRING }, { name: 'callEndedAtMs', type: NUMBER }],
];

/** One item per voicemail, deleted by DynamoDB at `expiresAt` (epoch seconds). */
function ledger(scope: Construct): Table {
  const table = new Table(scope, 'ledger', {
    partitionKey: { name: 'contactId', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    // A key that DynamoDB owns; nobody has to be granted its use.
    encryption: TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    timeToLiveAttribute: 'expiresAt',
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  for (const [indexName, partitionKey, sortKey] of INDEXES) {
    // Attributes of a contact can be 32 KB; a reader that finds an entry here reads the rest from the table.
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey,
      sortKey,
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
}

/**
 * `{"key":"<64 letters and digits>"}`, made by Secrets Manager; no person ever sees it. Other rules for it would make
 * another value, also in a stack that has adopted it.
 */
function linkSecret(scope: Construct): Secret {
  return new Secret(scope, 'link-secret', {
    description: 'Signs the links to voicemail recordings',
    generateSecretString: {
      secretStringTemplate: '{}',
      generateStringKey: 'key',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
