import { CloudFormationClient, paginateDescribeStackResourceDrifts } from '@aws-sdk/client-cloudformation';
import type { Look } from '../look.ts';

/** A resource that is not as it was deployed. */
export interface Drift {
  readonly logicalId: string;
  readonly type: string;
  /** `MODIFIED`, `DELETED` */
  readonly status: string;
  /** Where it differs: `/Timeout`. Values are left out, as they can be addresses. */
  readonly paths: readonly string[];
}

/** What the last detection of drift found in the stack of the settings. */
export async function driftsOf(look: Look): Promise<readonly Drift[]> {
  const client = look.client(CloudFormationClient);
  const asked = {
    StackName: look.stackName,
    StackResourceDriftStatusFilters: ['MODIFIED' as const, 'DELETED' as const],
  };
  return look.ask('cloudformation:DescribeStackResourceDrifts', async () => {
    const drifts: Drift[] = [];
    for await (const { StackResourceDrifts = [] } of paginateDescribeStackResourceDrifts({ client }, asked)) {
      for (const one of StackResourceDrifts) {
        drifts.push({
          logicalId: one.LogicalResourceId ?? '',
          type: one.ResourceType ?? '',
          status: one.StackResourceDriftStatus ?? '',
          paths: (one.PropertyDifferences ?? []).map(({ PropertyPath }) => PropertyPath ?? ''),
        });
      }
    }
    return drifts;
  });
}
