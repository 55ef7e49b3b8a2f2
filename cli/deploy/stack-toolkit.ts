import { DiffMethod, type IIoHost, StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';
import { z } from 'zod';
import type { ResourceChange, StackChanges } from './changes.ts';

/** One resource that CloudFormation has come to something with. */
export interface DeploymentEvent {
  readonly logicalId: string;
  readonly type: string;
  /** `CREATE_COMPLETE`, `UPDATE_FAILED` … */
  readonly status: string;
  /** Why, where it failed. */
  readonly reason: string | undefined;
  /** How many of how many resources are done. `total` is undefined if it is not known. */
  readonly done: number;
  readonly total: number | undefined;
}

/** CDK's toolkit, for the one stack of an assembly. */
export interface StackToolkit {
  /** What a deployment would change, by the templates alone: it only reads. */
  readonly changes: () => Promise<StackChanges>;
  /** Publishes the code and deploys the stack. Throws the toolkit's error if CloudFormation refuses or fails. */
  readonly deploy: () => Promise<Readonly<Record<string, string>>>;
}

/** A resource has got into another state. Source: the message registry of toolkit-lib. */
const ACTIVITY = 'CDK_TOOLKIT_I5502';

export async function stackToolkit({
  assemblyFolder,
  stackName,
  isThere,
  onEvent,
}: {
  readonly assemblyFolder: string;
  readonly stackName: string;
  /** Whether the stack is deployed already. */
  readonly isThere: boolean;
  readonly onEvent: (event: DeploymentEvent) => void;
}): Promise<StackToolkit> {
  const toolkit = new Toolkit({ ioHost: hostFor(onEvent), emojis: false, color: false });
  const source = await toolkit.fromAssemblyDirectory(assemblyFolder);
  const stacks = { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE, patterns: [stackName] };
  return {
    async changes() {
      const diffs = await toolkit.diff(source, { stacks, method: DiffMethod.TemplateOnly() });
      const diff = diffs[stackName];
      if (!diff) throw new Error(`the toolkit compared ${Object.keys(diffs).join(', ') || 'nothing'}`);
      const resources: ResourceChange[] = [];
      diff.resources.forEachDifference((logicalId, change) => {
        const kind = kindOf(change.changeImpact);
        if (kind === undefined) return;
        const type = change.newResourceType ?? change.oldResourceType ?? 'unknown';
        const name = placeOf(change.newValue ?? change.oldValue) ?? logicalId;
        resources.push({ logicalId, type, name, kind });
      });
      return { isFirst: !isThere, resources, isWider: diff.permissionsBroadened };
    },
    async deploy() {
      const { stacks: deployed } = await toolkit.deploy(source, { stacks });
      return deployed[0]?.outputs ?? {};
    },
  };
}

const Activity = z.object({
  event: z.object({
    LogicalResourceId: z.string().default(''),
    ResourceType: z.string().default(''),
    ResourceStatus: z.string().default(''),
    ResourceStatusReason: z.string().optional(),
  }),
  progress: z.object({ completed: z.number(), total: z.number().optional() }),
});

/** Everything that the toolkit asks was agreed to before: it gets the answer that it suggests, which is yes. */
function hostFor(onEvent: (event: DeploymentEvent) => void): IIoHost {
  return {
    notify({ code, data }) {
      if (code === ACTIVITY) onEvent(eventOf(Activity.parse(data)));
      return Promise.resolve();
    },
    requestResponse: ({ defaultResponse }) => Promise.resolve(defaultResponse),
  };
}

function eventOf({ event, progress }: z.infer<typeof Activity>): DeploymentEvent {
  return {
    logicalId: event.LogicalResourceId,
    type: event.ResourceType,
    status: event.ResourceStatus,
    reason: event.ResourceStatusReason,
    done: progress.completed,
    total: progress.total,
  };
}

/** As the toolkit calls what a change does to a resource. Undefined: nothing. */
function kindOf(impact: string): ResourceChange['kind'] | undefined {
  switch (impact) {
    case 'WILL_CREATE':
      return 'created';
    case 'WILL_UPDATE':
      return 'changed';
    case 'WILL_REPLACE':
      return 'replaced';
    case 'MAY_REPLACE':
      return 'may be replaced';
    case 'WILL_DESTROY':
      return 'deleted';
    case 'WILL_ORPHAN':
      return 'kept';
    default:
      return undefined;
  }
}

const Resource = z.object({ Metadata: z.object({ 'aws:cdk:path': z.string() }) });

/** `VoicemailExpress/recording-queue/Resource` is `recording-queue`. Undefined: CDK has not written it. */
function placeOf(resource: unknown): string | undefined {
  const path = Resource.safeParse(resource).data?.Metadata['aws:cdk:path'];
  return path
    ?.split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}
