import { type KeptThing, keptThings } from '../doctor/facts/kept-things.ts';
import { stackById } from '../doctor/facts/stack-by-id.ts';
import { stackResources } from '../doctor/facts/stack.ts';
import type { Look } from '../doctor/look.ts';

/** What one removed stack has left behind. */
export interface Legacy {
  /** The end of the stack's ARN: a UUID. */
  readonly id: string;
  /** Absent: CloudFormation does not remember the stack any more. */
  readonly removedAtMs?: number;
  readonly things: readonly KeptThing[];
}

/**
 * What removed stacks of the name and the instance of the settings have left behind, and belongs to no stack now.
 * Throws Unseen if it may not be looked at.
 */
export async function legacies(look: Look): Promise<readonly Legacy[]> {
  const things = await orphans(look);
  const ours = things.filter(({ instanceId }) => instanceId === look.home.instanceId);
  const byStack = Map.groupBy(ours, ({ stackId }) => stackId);
  const lives = await Promise.all([...byStack.keys()].map((stackId) => stackById(stackId, look)));
  return [...byStack].flatMap(([stackId, left], index) => {
    const { isThere, deletedAtMs } = lives[index] ?? { isThere: true };
    if (isThere) return [];
    return [
      { id: idOf(stackId), ...(deletedAtMs !== undefined && { removedAtMs: deletedAtMs }), things: left },
    ];
  });
}

/** Why something of that name is not among the legacies, as a sentence. */
export async function whyNot(name: string, look: Look): Promise<string> {
  const thing = (await keptThings(look)).find(
    ({ physicalId, stackId }) => physicalId === name || idOf(stackId) === name,
  );
  if (!thing) return `${name} is not known: it has no tags of a stack of Voicemail Express`;
  const { physicalId, stackName, stackId, instanceId } = thing;
  if (stackName !== look.stackName) return `${physicalId} is of the stack ${stackName}`;
  if (instanceId !== look.home.instanceId) return `${physicalId} is of the instance ${instanceId}`;
  return `${physicalId} belongs to the stack ${stackId}, which is there`;
}

/** Things of other instances, whose stack had the same name: nobody must take them for ours. */
export async function ofOtherInstances(look: Look): Promise<readonly KeptThing[]> {
  return (await orphans(look)).filter(({ instanceId }) => instanceId !== look.home.instanceId);
}

/** What has the name of the stack, and is not in it. What was imported keeps the tags of the stack before until the next update. */
async function orphans(look: Look): Promise<readonly KeptThing[]> {
  const inStack = new Set((await stackResources(look)).map(({ physicalId }) => physicalId));
  return (await keptThings(look)).filter(
    ({ stackName, physicalId }) => stackName === look.stackName && !inStack.has(physicalId),
  );
}

/** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>` */
function idOf(stackId: string): string {
  return stackId.slice(stackId.lastIndexOf('/') + 1);
}

/** The legacy with that id, or with a thing of that name. */
export function legacyNamed(name: string, all: readonly Legacy[]): Legacy | undefined {
  return all.find(({ id, things }) => id === name || things.some(({ physicalId }) => physicalId === name));
}

/** Several lines: when its stack was removed, and what there is. */
export function legacyText({ id, removedAtMs, things }: Legacy): string {
  const when =
    removedAtMs === undefined ? 'more than 90 days ago' : new Date(removedAtMs).toISOString().slice(0, 16);
  return [
    `  ${id}, removed ${when.replace('T', ' ')}${removedAtMs === undefined ? '' : ' UTC'}:`,
    ...things.map(({ part, physicalId }) => `    ${part}: ${physicalId}`),
  ].join('\n');
}
