import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { requireResourceType, requireStorageConfig } from '../storage/storage-config.ts';
import { permissionsOfStorage } from '../storage/storage-permissions.ts';

/** Turns on live media streaming, contact records, recordings … where the instance has none of them yet. */
export function associateInstanceStorageConfig({ world, storage }: ConnectParts): RestOperation {
  return {
    name: 'AssociateInstanceStorageConfig',
    method: 'PUT',
    path: '/instance/{InstanceId}/storage-config',
    needs: ({ params: { InstanceId: instanceId }, input }) => [
      permission('AssociateInstanceStorageConfig', world, { instanceId }),
      ...permissionsOfStorage(input, world),
    ],
    answer({ params: { InstanceId: instanceId }, input }) {
      requireInstance(world, instanceId);
      const type = requireResourceType(input['ResourceType']);
      return { AssociationId: storage.add(type, requireStorageConfig(input['StorageConfig'], type)) };
    },
  };
}
