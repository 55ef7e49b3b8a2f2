import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { requireResourceType } from '../storage/storage-config.ts';

/** Turns it off. What was stored until now stays where it is. */
export function disassociateInstanceStorageConfig({ world, storage }: ConnectParts): RestOperation {
  return {
    name: 'DisassociateInstanceStorageConfig',
    method: 'DELETE',
    path: '/instance/{InstanceId}/storage-config/{AssociationId}',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('DisassociateInstanceStorageConfig', world, { instanceId }),
    ],
    answer({ params: { InstanceId: instanceId, AssociationId: associationId = '' }, query }) {
      requireInstance(world, instanceId);
      storage.remove(requireResourceType(query.get('resourceType')), associationId);
      return undefined;
    },
  };
}
