import type { Account } from './account.ts';
import { bootstrapRoles } from './bootstrap-roles.ts';
import type { Identities } from './gateway/iam.ts';
import type { SimulatedS3 } from './services/s3/s3.ts';
import type { Bootstrap } from './world/account-state.ts';

/** CDK's own. */
const USUAL_QUALIFIER = 'hnb659fds';

/** What `cdk bootstrap` names its things after. */
export function qualifierOf({ qualifier = USUAL_QUALIFIER }: Bootstrap): string {
  return qualifier;
}

/**
 * Makes what `cdk bootstrap` left: the bucket for assets and the roles. The version is in Parameter Store.
 *
 * Not simulated: the ECR repository, as the simulator has no ECR; a toolkit that publishes images gets 501.
 * Source: bootstrap template of CDK, version 32.
 */
export function createBootstrap(
  bootstrap: Bootstrap,
  { account, identities, s3 }: { account: Account; identities: Identities; s3: SimulatedS3 },
): void {
  const qualifier = qualifierOf(bootstrap);
  const { partition, id, region } = account;
  const bucket = `cdk-${qualifier}-assets-${id}-${region}`;
  s3.createBucket({ name: bucket, versioned: true, eventBridge: false, encryption: {} });
  const roleArn = (role: string) =>
    `arn:${partition}:iam::${id}:role/cdk-${qualifier}-${role}-${id}-${region}`;
  for (const role of bootstrapRoles({ qualifier, account, bucket, roleArn })) identities.addRole(role);
}
