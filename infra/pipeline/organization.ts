import { type Stack, Tags } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { VoicemailConfig } from '../config.ts';

/**
 * A function's association with an instance has no ARN that could be tagged, though CloudFormation's schema of the type
 * has tags. CloudFormation hands tags of the stack itself on to everything, so the stack has none.
 */
const excludeResourceTypes = ['AWS::Connect::IntegrationAssociation', 'aws:cdk:stack'];

/** What an organization asks of every resource: tags where a type has them, and of every role: a boundary. */
export function followOrganization(
  stack: Stack,
  { tags = {}, permissionsBoundaryArn }: VoicemailConfig,
): void {
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value, { excludeResourceTypes });
  if (permissionsBoundaryArn === undefined) return;
  const boundary = ManagedPolicy.fromManagedPolicyArn(stack, 'boundary', permissionsBoundaryArn);
  PermissionsBoundary.of(stack).apply(boundary);
}
