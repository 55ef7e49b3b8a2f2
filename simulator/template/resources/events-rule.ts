import { z } from 'zod';
import { parseProperties, type ResourceKind } from '../resource-kind.ts';
import { ruleTarget, TargetShape } from './event-targets.ts';
import { Tags, tagsIn } from './tags.ts';

const Properties = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.literal('default', { error: 'only the default bus is known to the simulator' }).optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(TargetShape).default([]),
  Description: z.string().optional(),
  Tags,
});

/** AWS::Events::Rule on the default bus. */
export const eventsRule: ResourceKind = {
  identify({ name, account: { partition, region, id } }) {
    const rule = name('Name', { longest: 64 });
    return { ref: rule, attributes: { Arn: `arn:${partition}:events:${region}:${id}:rule/${rule}` } };
  },
  deploy(resource, stack) {
    const { ref: name, attributes } = resource.identity();
    const ruleArn = attributes['Arn'] ?? '';
    const properties = parseProperties(Properties, resource);
    const {
      EventPattern: eventPattern,
      ScheduleExpression: scheduleExpression,
      Description: description,
    } = properties;
    stack.cloud.eventBridge.addRule({
      name,
      ...(eventPattern !== undefined && { eventPattern }),
      ...(scheduleExpression !== undefined && { scheduleExpression }),
      ...(description !== undefined && { description }),
      tags: tagsIn(properties.Tags),
      shownTargets: properties.Targets,
      enabled: properties.State === 'ENABLED',
      targets: properties.Targets.map((target) =>
        ruleTarget(target, { ruleArn, where: resource.where, stack }),
      ),
    });
  },
  remove: ({ identity }, { cloud }) => cloud.eventBridge.removeRule(identity().ref),
};
