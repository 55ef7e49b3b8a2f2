import {
  type DeployConfirmationRequest,
  type IIoHost,
  StackSelectionStrategy,
  Toolkit,
} from '@aws-cdk/toolkit-lib';
import { z } from 'zod';
import { bootstrapRolesIn } from './bootstrap-roles.ts';
import type { ResourceChange, StackChanges } from './changes.ts';

/** CDK's toolkit, for the one stack of an assembly. */
export interface StackToolkit {
  /**
   * Publishes the code and the template, and has CloudFormation make a change set of that name. A stack that is not
   * there is in review then; one whose first deployment failed is deleted before. Undefined: nothing would change.
   * Throws the toolkit's error if CloudFormation refuses it.
   */
  readonly propose: (changeSetName: string) => Promise<StackChanges | undefined>;
  /** The role that `cdk bootstrap` made for deployments, with `${AWS::Partition}`. Undefined: the assembly names none. */
  readonly deployRoleArn: string | undefined;
}

/**
 * Asked when the change set is there, with what changes by the templates, corrected by the change set. Source: the
 * message registry of toolkit-lib.
 */
const CONFIRMATION = 'CDK_TOOLKIT_I5060';

type Diffs = DeployConfirmationRequest['templateDiffs'];
type Diff = Diffs[string];

export async function stackToolkit({
  assemblyFolder,
  stackName,
  isThere,
}: {
  readonly assemblyFolder: string;
  readonly stackName: string;
  /** Whether the stack is deployed already. */
  readonly isThere: boolean;
}): Promise<StackToolkit> {
  const shown: Diff[] = [];
  const toolkit = new Toolkit({
    ioHost: hostFor((diffs) => void shown.push(...Object.values(diffs))),
    emojis: false,
    color: false,
  });
  const source = await toolkit.fromAssemblyDirectory(assemblyFolder);
  const stacks = { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE, patterns: [stackName] };
  return {
    deployRoleArn: bootstrapRolesIn(assemblyFolder, stackName).deployRoleArn,
    async propose(changeSetName) {
      shown.length = 0;
      const deploymentMethod = { method: 'change-set', execute: false, changeSetName } as const;
      await toolkit.deploy(source, { stacks, deploymentMethod });
      const [diff] = shown;
      return diff && { isFirst: !isThere, resources: changesIn(diff), isWider: diff.permissionsBroadened };
    },
  };
}

function changesIn(diff: Diff): readonly ResourceChange[] {
  const resources: ResourceChange[] = [];
  diff.resources.forEachDifference((logicalId, change) => {
    const kind = kindOf(change.changeImpact);
    if (kind === undefined) return;
    const type = change.newResourceType ?? change.oldResourceType ?? 'unknown';
    const name = placeOf(change.newValue ?? change.oldValue) ?? logicalId;
    resources.push({ logicalId, type, name, kind });
  });
  return resources;
}

const Confirmation = z.object({ templateDiffs: z.custom<Diffs>((value) => typeof value === 'object') });

/**
 * Everything that the toolkit asks gets the answer that it suggests, which is yes: nothing is executed, and a person is
 * asked afterwards.
 */
function hostFor(onDiffs: (diffs: Diffs) => void): IIoHost {
  return {
    notify: () => Promise.resolve(),
    requestResponse({ code, data, defaultResponse }) {
      if (code === CONFIRMATION) onDiffs(Confirmation.parse(data).templateDiffs);
      return Promise.resolve(defaultResponse);
    },
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
