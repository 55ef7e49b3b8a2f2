import { z } from 'zod';
import { parsePolicyDocument, policyEvaluator } from '../../gateway/policy.ts';
import type { ConditionContext } from '../../gateway/policy-pattern.ts';
import { physicalName } from '../physical-name.ts';
import { parseProperties, type ResourceKind, type Stack, type StackResource } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';

const Properties = z.strictObject({
  Queues: z.array(z.string()).min(1),
  PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({ Principal: z.unknown() })) }),
});

type Statement = z.infer<typeof Properties>['PolicyDocument']['Statement'][number];

/** AWS::SQS::QueuePolicy: checked when a rule that sends to the queue is deployed. */
export const queuePolicy: ResourceKind = {
  identify: ({ stackName, logicalId, seed }) => ({
    ref: physicalName({ stackName, logicalId, seed, longest: 100 }),
    attributes: {},
  }),
  deploy(resource, stack) {
    const { PolicyDocument } = parseProperties(Properties, resource);
    for (const arn of queuesOf(resource, stack)) {
      stack.cloud.sqs.setPolicy(arn, JSON.stringify(PolicyDocument));
    }
  },
  remove(resource, stack) {
    for (const arn of queuesOf(resource, stack)) stack.cloud.sqs.setPolicy(arn, undefined);
  },
};

/** Their ARNs. Throws TemplateError for one that is not in the template. */
function queuesOf(resource: StackResource, stack: Stack): readonly string[] {
  const queues = stack.ofType('AWS::SQS::Queue').map(({ identity }) => identity());
  return parseProperties(Properties, resource).Queues.map((url) => {
    const arn = queues.find(({ ref }) => ref === url)?.attributes['Arn'];
    if (arn !== undefined) return arn;
    throw new TemplateError(`${resource.where}: the template has no queue ${url}`);
  });
}

/**
 * Whether the policies of a queue allow an AWS service to send to it. `service` is `events.amazonaws.com`.
 */
export function queueTakesFrom(
  stack: Stack,
  { queueUrl, queueArn, service, context }: SendByService,
): boolean {
  const statements = stack
    .ofType('AWS::SQS::QueuePolicy')
    .map((resource) => parseProperties(Properties, resource))
    .filter(({ Queues }) => Queues.includes(queueUrl))
    .flatMap(({ PolicyDocument: { Statement } }) => Statement.filter((one) => isFor(one, service)));
  const evaluate = policyEvaluator(parsePolicyDocument({ Statement: statements }));
  const known = { 'aws:SecureTransport': 'true', 'aws:SourceAccount': stack.account.id };
  const asked = { action: 'sqs:SendMessage', resource: queueArn, context: { ...known, ...context } };
  return evaluate(asked) === 'allowed';
}

interface SendByService {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly service: string;
  readonly context: ConditionContext;
}

/**
 * A principal is `*`, `{ "AWS": "*" }` or `{ "Service": name or names }`; other accounts and roles do not
 * match.
 */
function isFor({ Principal }: Statement, service: string): boolean {
  if (Principal === '*') return true;
  if (typeof Principal !== 'object' || Principal === null) return false;
  return Object.entries(Principal).some(([kind, who]) => {
    const names: readonly unknown[] = [who].flat();
    return names.includes(kind === 'Service' ? service : '*');
  });
}
