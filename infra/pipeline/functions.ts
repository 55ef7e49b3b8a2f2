import { join } from 'node:path';
import { Aws, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VoicemailConfig } from '../config.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';
import { failingTitle } from '../impact.ts';
import { workersAtOnce } from '../queue-workers.ts';
import { VERSION } from '../version.ts';
import { deploymentsOf } from './deployments.ts';
import type { StackParts } from './stack-parts.ts';

/**
 * The namespace of the functions' own metrics in CloudWatch; the dimension `service` separates those of two
 * stacks.
 */
export const METRICS = { namespace: 'VoicemailExpress', service: Aws.STACK_NAME } as const;

export type Functions = ReadonlyMap<string, PipelineFunction>;

export interface FunctionsProps {
  readonly config: VoicemailConfig;
  /** Holds one folder per bundle, as `npm run build` leaves them. */
  readonly functionsFolder: string;
}

/** Every function of the stack, by its bundle. They know and may do nothing yet: see `connectFunctions`. */
export function functions(scope: Construct, { config, functionsFolder }: FunctionsProps): Functions {
  return new Map(
    [...deploymentsOf(config)].map(([bundle, { impact, timeoutSeconds, policyName }]) => [
      bundle,
      new PipelineFunction(scope, bundle, {
        ...(policyName !== undefined && { policyName }),
        codeFolder: join(functionsFolder, bundle),
        title: failingTitle(bundle),
        impact,
        timeout: Duration.seconds(timeoutSeconds),
        logRetention: config.logRetentionDays,
        logLevel: config.logLevel ?? 'info',
        environment: {
          POWERTOOLS_SERVICE_NAME: METRICS.service,
          POWERTOOLS_METRICS_NAMESPACE: METRICS.namespace,
          VMX_VERSION: VERSION,
          ...(config.logLevel !== undefined && { VMX_LOG_LEVEL: config.logLevel }),
        },
      }),
    ]),
  );
}

/** Gives each function its settings, what invokes it, and its permissions. */
export function connectFunctions(parts: StackParts): void {
  for (const [bundle, { environment, queue, triggers, grants }] of deploymentsOf(parts.config)) {
    const fn = parts.functionOf(bundle);
    fn.addSettings(environment(parts));
    if (queue) workOn(parts.queueOf(bundle), fn, workersAtOnce(queue.workers, parts.config));
    triggers?.(fn, parts);
    grants(fn, parts);
  }
}

/** A handler changes the visibility of its messages itself, and sets aside what can never succeed. */
function workOn(work: WorkQueue, fn: PipelineFunction, maxConcurrency: number): void {
  const { queue, deadLetters } = work;
  fn.addSettings({ QUEUE_URL: queue.queueUrl, DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl });
  work.invoke(fn, maxConcurrency);
  fn.allow(queue.queueArn, ...CONSUME_QUEUE);
  fn.allow(deadLetters.queueArn, 'sqs:SendMessage');
}

/** What event source mapping and handler need together. */
const CONSUME_QUEUE = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
] as const;
