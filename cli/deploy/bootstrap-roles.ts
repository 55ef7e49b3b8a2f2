import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Roles that `cdk bootstrap` made: `arn:${AWS::Partition}:iam::111122223333:role/cdk-hnb659fds-deploy-role-…`. */
interface BootstrapRoles {
  /** Deploys. Undefined: the assembly names none. */
  readonly deployRoleArn: string | undefined;
  /** CloudFormation works with it. Undefined: the assembly names none. */
  readonly executionRoleArn: string | undefined;
}

const Properties = z
  .object({ assumeRoleArn: z.string().optional(), cloudFormationExecutionRoleArn: z.string().optional() })
  .prefault({});
const Manifest = z.object({ artifacts: z.record(z.string(), z.object({ properties: Properties })) });

/** The roles that an assembly names for a stack. */
export function bootstrapRolesIn(assemblyFolder: string, stackName: string): BootstrapRoles {
  const text = readFileSync(join(assemblyFolder, 'manifest.json'), 'utf8');
  const properties = Manifest.parse(JSON.parse(text)).artifacts[stackName]?.properties;
  return {
    deployRoleArn: properties?.assumeRoleArn,
    executionRoleArn: properties?.cloudFormationExecutionRoleArn,
  };
}

/** The role with the partition written out: `arn:aws:iam::…`. */
export function inPartition(roleArn: string | undefined, partition: string): string | undefined {
  return roleArn?.replace(`\${AWS::Partition}`, partition);
}
