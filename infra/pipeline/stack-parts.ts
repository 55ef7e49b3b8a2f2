import type { Construct } from 'constructs';
import type { VoicemailConfig } from '../config.ts';
import type { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import type { QueueWorkers } from '../queue-workers.ts';
import type { MailResources } from './email.ts';
import type { TaskFlows } from './flows.ts';
import type { Storage } from './storage.ts';

/** What a function's settings, triggers and grants may name. */
export interface StackParts {
  /** The stack itself, for constructs that belong to no single function. */
  readonly scope: Construct;
  readonly config: VoicemailConfig;
  readonly storage: Storage;
  /** By the name of the function that works on it. Throws for a function without a queue. */
  readonly queueOf: (bundle: string) => WorkQueue;
  /** By the name of its bundle. Throws an Error for an unknown bundle. */
  readonly functionOf: (bundle: string) => PipelineFunction;
  readonly taskFlows: TaskFlows;
  /** What new links begin with, ending in a slash. Undefined: there are none. */
  readonly linkAddress: string | undefined;
  /** Absent if delivery by email is not set up. */
  readonly mail: MailResources | undefined;
}

/**
 * All that deploys one Lambda function. A file in `infra/functions` exports one as
 * `deployment`; the file has the name of the bundle, and is found by it.
 */
export interface FunctionDeployment {
  /** What a caller or an agent notices while the function fails: the text of its alarm. */
  readonly impact: string;
  /** How long one invocation may run. */
  readonly timeoutSeconds: number;
  /** True if people wait for its answer; absent for a step of the pipeline. */
  readonly isForPeople?: true;
  /** Whether a stack of these settings has it. Absent: every stack has. */
  readonly isNeeded?: (config: VoicemailConfig) => boolean;
  /** The queue whose messages it works on; absent if it has none. */
  readonly queue?: QueueDeployment;
  /** Its settings, beside those that every function has. */
  readonly environment: (parts: StackParts) => Readonly<Record<string, string>>;
  /** What invokes it or fills its queue, and who else may invoke it. */
  readonly triggers?: (fn: PipelineFunction, parts: StackParts) => void;
  /**
   * What it may do: one line per grant, on named resources, and only what it uses.
   * `s3:ListBucket` is there so that S3 answers 404 for a missing object. Without it
   * S3 answers 403, which a missing grant would look like too.
   */
  readonly grants: (fn: PipelineFunction, parts: StackParts) => void;
  /**
   * Another name for the policy that has the grants; absent: CDK's. CloudFormation changes a policy before the code of
   * its function. So when new code does without a grant, the policy gets another name: then the one before it, with
   * that grant, goes last, in an update as in a rollback.
   */
  readonly policyName?: string;
}

interface QueueDeployment {
  /** `recording-queue`. Stack outputs are named for it: `RecordingQueueUrl`. */
  readonly name: string;
  /** How long each message waits first, in seconds. Absent: not at all. */
  readonly delaySeconds?: number;
  /** What a caller or an agent notices when a queue message is given up. */
  readonly deadLettersImpact: string;
  /** What they notice while queue messages wait and nobody fetches them. */
  readonly backlogImpact: string;
  readonly workers: QueueWorkers;
}
