import type { PolicyStatement } from '../gateway/policy.ts';

/**
 * What is in an AWS account in one Region before a stack comes, as its people set it up: everything
 * but the Amazon Connect instance. Each absent member means what the simulator does without it.
 */
export interface AccountState {
  /** Whose credentials the administrator's are. Absent: the user `administrator`, who may do everything. */
  readonly administrator?: Administrator;
  /** What `cdk bootstrap` left. Absent: the account is not bootstrapped. */
  readonly bootstrap?: Bootstrap;
  /** KMS keys. Those of AWS, such as `aws/kinesis`, are there without being named. */
  readonly keys?: readonly KmsKey[];
  /** Managed policies of the account, such as the permissions boundary that its roles must have. */
  readonly policies?: readonly AccountPolicy[];
  /** Data streams beside the one for contact records; that one too, where it is encrypted. */
  readonly dataStreams?: readonly DataStream[];
  /** Video streams of earlier calls. */
  readonly videoStreams?: readonly ExistingVideoStream[];
  /** Functions that no stack of the simulator's runs; they are listed, and do nothing. */
  readonly functions?: readonly ForeignFunction[];
  /** Event source mappings of these functions. */
  readonly eventSourceMappings?: readonly ForeignMapping[];
  readonly buckets?: readonly ExistingBucket[];
  /** Which addresses confirm the subscription to a topic that a stack mails alarms by. Absent: all of them. */
  readonly confirmingAddresses?: readonly string[];
  readonly lambda?: LambdaLimits;
  /** Values of quotas that differ from AWS's default. */
  readonly quotas?: readonly Quota[];
  /** Stacks that were deployed by others. */
  readonly stacks?: readonly ForeignStack[];
  /** Domains of Amazon Connect Customer Profiles. */
  readonly profileDomains?: readonly ProfileDomain[];
  /** What the account paid, for Cost Explorer. Absent: nothing. */
  readonly charges?: readonly Charge[];
  /** What was found when somebody last looked for drift. Absent: nobody has. */
  readonly drifts?: readonly StackDrift[];
}

export interface Administrator {
  /** Of a user or of a role's session, such as `arn:aws:sts::111122223333:assumed-role/Admin/ana`. Another account's is possible. */
  readonly arn: string;
  /** Absent: everything is allowed. What no statement allows is refused. */
  readonly statements?: readonly PolicyStatement[];
  /** What service control policies deny everybody in the account. Absent: the account is in no organization. */
  readonly deniedByOrganization?: readonly PolicyStatement[];
}

export interface Bootstrap {
  /** Of the bootstrap template: the value of `/cdk-bootstrap/<qualifier>/version`. */
  readonly version: number;
  /** Absent: `hnb659fds`. */
  readonly qualifier?: string;
}

export interface AccountPolicy {
  /** `arn:aws:iam::<account>:policy/<name>` */
  readonly arn: string;
  readonly statements: readonly PolicyStatement[];
}

export interface KmsKey {
  /** `arn:aws:kms:<region>:<account>:key/<id>` */
  readonly arn: string;
  /** `alias/…` */
  readonly aliases?: readonly string[];
  /** Absent: Enabled. */
  readonly state?: 'Enabled' | 'Disabled' | 'PendingDeletion';
  /** Absent: the account's root may do everything, so that the account's IAM policies decide. */
  readonly policy?: readonly KeyPolicyStatement[];
}

/** A statement of a resource policy, as it is written in one. */
export interface KeyPolicyStatement extends PolicyStatement {
  /** `*`, or by kind: `{ "AWS": "arn:aws:iam::111122223333:root" }`, `{ "Service": "connect.amazonaws.com" }`. */
  readonly Principal: '*' | Readonly<Record<string, string | readonly string[]>>;
}

export interface DataStream {
  readonly arn: string;
  /** Absent: 1. */
  readonly shards?: number;
  /** Absent: 24. */
  readonly retentionHours?: number;
  /** The KMS key that the stream is encrypted with: its ARN, or `alias/aws/kinesis`. Absent: it is not encrypted. */
  readonly keyId?: string;
  /** Names of those who read it by enhanced fan-out. */
  readonly consumers?: readonly string[];
}

/** What was paid for a service on one day. */
export interface Charge {
  /** `2026-10-31`, in UTC. */
  readonly day: string;
  /** As Cost Explorer names it: `Amazon Transcribe`. */
  readonly service: string;
  readonly region: string;
  readonly dollars: number;
  /** Those that are activated as cost allocation tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

interface ExistingVideoStream {
  /** `<prefix>-connect-<alias>-contact-<id>` for those of Amazon Connect. */
  readonly name: string;
  readonly retentionHours: number;
  /** Absent: `aws/kinesisvideo`. */
  readonly keyArn?: string;
}

export interface ForeignFunction {
  readonly name: string;
  /** Absent: `python3.13`. */
  readonly runtime?: string;
}

export interface ForeignMapping {
  readonly functionName: string;
  readonly eventSourceArn: string;
  /** Absent: Enabled. */
  readonly state?: 'Enabled' | 'Disabled';
}

interface ExistingBucket {
  readonly name: string;
  /** Its default encryption. Absent: Amazon S3's own keys. */
  readonly keyArn?: string;
}

export interface LambdaLimits {
  /** Concurrent executions of the account. Absent: 1,000; new accounts have 10. */
  readonly concurrentExecutions?: number;
}

export interface Quota {
  /** `connect`, `kinesisvideo`, `transcribe`, `lambda` */
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly quotaName: string;
  readonly value: number;
}

export interface ForeignStack {
  readonly name: string;
  /** That of its template. */
  readonly description?: string;
  /** `CREATE_COMPLETE`, `UPDATE_ROLLBACK_FAILED` … Absent: CREATE_COMPLETE. One that is DELETE_COMPLETE is still listed. */
  readonly status?: string;
  readonly statusReason?: string;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly resources?: readonly ForeignResource[];
}

export interface ForeignResource {
  readonly logicalId: string;
  /** `AWS::Lambda::Function` */
  readonly type: string;
  readonly physicalId: string;
  /** `DELETE_SKIPPED` of one that was kept when it left the stack. Absent: CREATE_COMPLETE. */
  readonly status?: string;
}

export interface ProfileDomain {
  readonly name: string;
  /** The Amazon Connect instances that are associated with it. Absent: none. */
  readonly instanceArns?: readonly string[];
  readonly profiles?: readonly Profile[];
}

/** A customer, with the members' names of the API. */
export interface Profile {
  readonly ProfileId: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly BusinessName?: string;
  readonly PhoneNumber?: string;
  readonly MobilePhoneNumber?: string;
  readonly HomePhoneNumber?: string;
  readonly BusinessPhoneNumber?: string;
  readonly EmailAddress?: string;
}

/** Resources of a stack that were changed by others than CloudFormation. */
export interface StackDrift {
  readonly stackName: string;
  /** How long ago it was looked at. */
  readonly hoursAgo: number;
  /** Absent: none is. */
  readonly resources?: readonly DriftedResource[];
}

interface DriftedResource {
  readonly logicalId: string;
  readonly status: 'MODIFIED' | 'DELETED';
  readonly differences?: readonly PropertyDifference[];
}

interface PropertyDifference {
  /** `/Timeout` */
  readonly path: string;
  readonly expected: string;
  readonly actual: string;
  readonly kind: 'ADD' | 'REMOVE' | 'NOT_EQUAL';
}
