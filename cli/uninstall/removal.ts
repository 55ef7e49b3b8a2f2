import { counted } from '../doctor/counted.ts';
import { type StackResource, stackResources } from '../doctor/facts/stack.ts';
import { keptIds } from '../doctor/facts/stack-template.ts';
import type { Look } from '../doctor/look.ts';

/** What a deletion of the stack does to its resources. */
export interface Removal {
  readonly deleted: readonly StackResource[];
  /** By the template's DeletionPolicy. */
  readonly kept: readonly StackResource[];
}

export async function removalOf(look: Look): Promise<Removal> {
  const resources = await stackResources(look);
  // A stack whose first change set was never executed has no template yet.
  if (resources.length === 0) return { deleted: [], kept: [] };
  const kept = await keptIds(look);
  return {
    deleted: resources.filter(({ logicalId }) => !kept.has(logicalId)),
    kept: resources.filter(({ logicalId }) => kept.has(logicalId)),
  };
}

/** What is deleted, what stays and what that costs, and what stops working. */
export function removalText({ deleted, kept }: Removal, { stackName, home }: Look): string {
  const byType = Map.groupBy(deleted, ({ type }) => type);
  const types = [...byType].map(([type, all]) => `    ${all.length} × ${type}`);
  return [
    `The stack ${stackName} would be deleted, in account ${home.accountId}, Region ${home.region}:`,
    `  deleted: ${counted(deleted.length, 'resource')}`,
    ...types.toSorted(),
    ...keptText(kept, stackName),
    '  What stops working:',
    '    Links to recordings that were sent no longer open. The key that signs them is kept: see npx vmx deploy --adopt.',
    '    Tasks that wait for an agent lose their guide, with the transcript and the link in it.',
    '    Voicemails that were given up can no longer be pushed on: see npx vmx list.',
    '    A call that goes on now, or that ended within the last minutes, may leave a message that nobody delivers.',
  ].join('\n');
}

function keptText(kept: readonly StackResource[], stackName: string): readonly string[] {
  if (kept.length === 0) return [];
  return [
    `  kept, with what is in ${kept.length === 1 ? 'it' : 'them'}: ${counted(kept.length, 'resource')}`,
    ...kept.map(({ type, physicalId }) => `    ${type}  ${physicalId}`),
    '    They go on costing what they store. What callers said in them is still deleted by its age.',
    '    A new stack takes them in: npx vmx deploy --adopt.',
    `    To delete them, too: npx vmx uninstall --delete-data ${stackName}`,
  ];
}
