import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { requireResourceType, requireStorageConfig } from '../storage/storage-config.ts';
import { permissionsOfStorage } from '../storage/storage-permissions.ts';

/** Changes prefix, retention, key, bucket or stream. Calls that begin from now on have it. */
export function updateInstanceStorageConfig({ world, storage }: ConnectParts): RestOperation {
  return {
    name: 'UpdateInstanceStorageConfig',
    method: 'POST',
    path: '/instance/{InstanceId}/storage-config/{AssociationId}',
    needs: ({ params: { InstanceId: instanceId }, input }) => [
      permission('UpdateInstanceStorageConfig', world, { instanceId }),
      ...permissionsOfStorage(input, world),
    ],
    answer({ params: { InstanceId: instanceId, AssociationId: associationId = '' }, query, input }) {
      requireInstance(world, instanceId);
      const type = requireResourceType(query.get('resourceType'));
      storage.replace(type, associationId, requireStorageConfig(input['StorageConfig'], type));
      return undefined;
    },
  };
}
