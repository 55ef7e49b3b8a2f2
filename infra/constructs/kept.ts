import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { homeOf } from '../arns.ts';
import { KEPT_TAGS, type KeptPart } from '../kept-tags.ts';

/** Tags a resource, so that a later stack can take it in when this one is gone. */
export function markAsKept(resource: Construct, part: KeptPart, instanceArn: string): void {
  const { stackName, stackId } = Stack.of(resource);
  const tags = Tags.of(resource);
  tags.add(KEPT_TAGS.stackName, stackName);
  tags.add(KEPT_TAGS.stackId, stackId);
  tags.add(KEPT_TAGS.instanceId, homeOf(instanceArn).instanceId);
  tags.add(KEPT_TAGS.part, part);
}
