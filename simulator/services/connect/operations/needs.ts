import type { Permission } from '../../../service.ts';
import { askedInstanceArn } from '../input.ts';
import type { World } from '../world.ts';

/**
 * What a caller's policies must allow: the operation on something in the instance
 * that the call names. Source: Service Authorization Reference, Amazon Connect.
 */
export function permission(
  operation: string,
  world: World,
  asked: { readonly instanceId: unknown; readonly resource?: string },
): Permission {
  const instanceArn = askedInstanceArn(world, asked.instanceId);
  return {
    action: `connect:${operation}`,
    resource: asked.resource === undefined ? instanceArn : `${instanceArn}/${asked.resource}`,
  };
}
