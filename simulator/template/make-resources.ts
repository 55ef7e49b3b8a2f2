import { whileBusy } from '../gateway/while-busy.ts';
import type { StackResource } from './resource-kind.ts';
import { RESOURCE_KINDS } from './resource-kinds.ts';
import type { StackVersion } from './stack-version.ts';

/** Who hears how the resources of a stack come and go. */
export interface Watcher {
  /** The work begins when this has ended. */
  readonly begins: (resource: StackResource) => void | Promise<void>;
  readonly ended: (resource: StackResource) => void;
  readonly failed: (resource: StackResource, reason: unknown) => void;
}

/** Makes all resources of a stack. Throws the first error, and makes no more then. Returns what was made. */
export async function makeResources(
  { inOrder, stack }: Pick<StackVersion, 'inOrder' | 'stack'>,
  watcher?: Watcher,
  made: StackResource[] = [],
): Promise<readonly StackResource[]> {
  for (const resource of inOrder) {
    await watcher?.begins(resource);
    try {
      await whileBusy(stack.cloud.clock, () => RESOURCE_KINDS[resource.type]?.deploy?.(resource, stack));
    } catch (error) {
      watcher?.failed(resource, error);
      throw error;
    }
    made.push(resource);
    watcher?.ended(resource);
  }
  return made;
}

/**
 * Unmakes resources, those that were made last first. What cannot be unmade stays, and the others go. Returns
 * what stays.
 */
export async function removeResources(
  resources: readonly StackResource[],
  { stack }: Pick<StackVersion, 'stack'>,
  watcher: Watcher,
): Promise<readonly StackResource[]> {
  const stay: StackResource[] = [];
  for (const resource of resources.toReversed()) {
    await watcher.begins(resource);
    try {
      await whileBusy(stack.cloud.clock, () => RESOURCE_KINDS[resource.type]?.remove?.(resource, stack));
      watcher.ended(resource);
    } catch (error) {
      watcher.failed(resource, error);
      stay.push(resource);
    }
  }
  return stay;
}
