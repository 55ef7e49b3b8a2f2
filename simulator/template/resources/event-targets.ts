import { z } from 'zod';
import type { Stack } from '../resource-kind.ts';
import { TemplateError } from '../template-error.ts';
import { permits } from './lambda-permission.ts';
import { queueTakesFrom } from './queue-policy.ts';

const EVENTS = 'events.amazonaws.com';

/** One target of an AWS::Events::Rule. */
export const TargetShape = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  /** JSON, sent instead of the event. */
  Input: z.string().optional(),
  /** `$.detail`: sent instead of the whole event. */
  InputPath: z
    .string()
    .regex(/^\$(\.[\w-]+)*$/)
    .optional(),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  RetryPolicy: z.unknown().optional(),
});

type Target = z.infer<typeof TargetShape>;

/**
 * Delivers an event of a rule to its target: a queue, or a function, which is invoked asynchronously.
 *
 * Throws TemplateError if the target, or its dead-letter queue, does not permit this rule. AWS deploys such
 * a rule, but then no event arrives.
 */
export function ruleTarget(
  target: Target,
  { ruleArn, where, stack }: { ruleArn: string; where: string; stack: Stack },
): (event: unknown) => void {
  const { cloud } = stack;
  if (target.DeadLetterConfig) requireOpenQueue(target.DeadLetterConfig.Arn);
  const input = (event: unknown) => target.Input ?? JSON.stringify(part(event, target.InputPath));

  if (stack.byArn('AWS::SQS::Queue', target.Arn)) {
    requireOpenQueue(target.Arn);
    const by = { servicePrincipal: EVENTS, sourceArn: ruleArn };
    return (event) => void cloud.sqs.send(target.Arn, input(event), { by });
  }
  if (stack.byArn('AWS::Lambda::Function', target.Arn)) {
    const asked = { functionArn: target.Arn, action: 'lambda:InvokeFunction', principal: EVENTS };
    if (!permits(stack, { ...asked, sourceArn: ruleArn })) {
      throw new TemplateError(
        `${where}: no AWS::Lambda::Permission lets ${EVENTS} invoke ${target.Arn} from ${ruleArn}`,
      );
    }
    return (event) => cloud.lambda.invokeAsync(target.Arn, input(event));
  }
  throw new TemplateError(
    `${where}: the target ${target.Arn} is neither a queue nor a function of the template`,
  );

  function requireOpenQueue(queueArn: string): void {
    const queue = stack.byArn('AWS::SQS::Queue', queueArn);
    if (!queue) throw new TemplateError(`${where}: the template has no queue ${queueArn}`);
    const queueUrl = queue.identity().ref;
    const context = { 'aws:SourceArn': ruleArn };
    if (queueTakesFrom(stack, { queueUrl, queueArn, service: EVENTS, context })) return;
    throw new TemplateError(
      `${where}: no AWS::SQS::QueuePolicy lets ${EVENTS} do sqs:SendMessage to ${queueArn} from ${ruleArn}`,
    );
  }
}

function part(event: unknown, path = '$'): unknown {
  const names = path.split('.').slice(1);
  return names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    event,
  );
}
