import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { STACK_DESCRIPTION } from '../../../infra/version.ts';
import { fact, type Look } from '../look.ts';

/** The stack of the settings, in any state. */
export interface KnownStack {
  readonly arn: string;
  /** `CREATE_COMPLETE` */
  readonly status: string;
  readonly statusReason?: string;
  /** That of its template. */
  readonly description?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** When it was made or updated, the last time. */
  readonly lastChangedAtMs: number;
  /** Whether termination protection is on: CloudFormation refuses to delete it. */
  readonly isProtected: boolean;
  /** The result of the last detection of drift. Absent: there was none. */
  readonly drift?: { readonly isDrifted: boolean; readonly foundAtMs: number };
}

/** Undefined: there is no stack of that name. */
export const stack = fact(async (look): Promise<KnownStack | undefined> => {
  const cloudFormation = look.client(CloudFormationClient);
  const command = new DescribeStacksCommand({ StackName: look.stackName });
  try {
    const { Stacks } = await look.ask('cloudformation:DescribeStacks', () => cloudFormation.send(command));
    return Stacks?.[0] && knownStack(Stacks[0]);
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /not exist/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
});

function knownStack(found: Stack): KnownStack {
  const { StackStatus: status = 'unknown', StackStatusReason: reason, Description: description } = found;
  const { StackDriftStatus: drift, LastCheckTimestamp: foundAt } = found.DriftInformation ?? {};
  const wasLookedFor = drift === 'DRIFTED' || drift === 'IN_SYNC';
  return {
    arn: found.StackId ?? '',
    status,
    isProtected: found.EnableTerminationProtection ?? false,
    lastChangedAtMs: (found.LastUpdatedTime ?? found.CreationTime ?? new Date(0)).getTime(),
    ...(reason !== undefined && { statusReason: reason }),
    ...(description !== undefined && { description }),
    outputs: Object.fromEntries(
      (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    ...(wasLookedFor &&
      foundAt && { drift: { isDrifted: drift === 'DRIFTED', foundAtMs: foundAt.getTime() } }),
  };
}

/** One output of a stack, by its key. */
export function outputOf({ outputs }: KnownStack, key: string): string | undefined {
  return outputs[key];
}

/**
 * Whether its first deployment has ended well, so that its functions run. A stack that has only adopted what an earlier
 * one left behind has no outputs yet.
 */
export function isDeployed({ status, outputs }: KnownStack): boolean {
  if (/^(IMPORT|UPDATE)_/.test(status) && Object.keys(outputs).length === 0) return false;
  return !/^(REVIEW|CREATE_IN|CREATE_FAILED|ROLLBACK|DELETE)/.test(status);
}

export interface StackResource {
  readonly logicalId: string;
  /** `AWS::Lambda::Function` */
  readonly type: string;
  readonly physicalId: string;
}

/** The resources of the stack of the settings. Empty: there is none of that name. */
export const stackResources = fact(async (look) =>
  (await stack(look)) ? resourcesOf(look.stackName, look) : [],
);

/** The resources of a stack, without those that were never made, were deleted, or are kept outside of it. */
export async function resourcesOf(stackName: string, look: Look): Promise<readonly StackResource[]> {
  const client = look.client(CloudFormationClient);
  return look.ask('cloudformation:ListStackResources', async () => {
    const resources: StackResource[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stackName })) {
      for (const one of page.StackResourceSummaries ?? []) {
        const { LogicalResourceId: logicalId, ResourceType: type, PhysicalResourceId: physicalId } = one;
        const isGone = ['DELETE_COMPLETE', 'DELETE_SKIPPED'].includes(one.ResourceStatus ?? '');
        if (!isGone && logicalId && type && physicalId) resources.push({ logicalId, type, physicalId });
      }
    }
    return resources;
  });
}

/** Whether something else has made the stack. Nothing is in a stack before its first change set is executed. */
export function isOfSomebodyElse(found: KnownStack): boolean {
  if (found.status === 'REVIEW_IN_PROGRESS') return false;
  return found.description !== STACK_DESCRIPTION && outputOf(found, 'LedgerTable') === undefined;
}

/**
 * The instance that a stack serves, by the output `InstanceArn`; a stack that was deployed before there was one has the
 * ARNs of its flows. Undefined: it has none of these outputs, as when its first deployment failed.
 */
export function servedInstance(found: KnownStack) {
  const keys = ['InstanceArn', 'TestFlow', 'VoicemailModule'];
  const told = keys.flatMap((key) => {
    const value = outputOf(found, key) ?? '';
    const [, id] = /:instance\/([0-9a-f-]+)/.exec(value) ?? [];
    return id === undefined ? [] : [{ key, value, id }];
  });
  return told[0];
}
