import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { requireResourceType } from '../storage/storage-config.ts';

/** One place where the instance keeps or sends its data. */
export function describeInstanceStorageConfig({ world, storage }: ConnectParts): RestOperation {
  return {
    name: 'DescribeInstanceStorageConfig',
    method: 'GET',
    path: '/instance/{InstanceId}/storage-config/{AssociationId}',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('DescribeInstanceStorageConfig', world, { instanceId }),
    ],
    answer({ params: { InstanceId: instanceId, AssociationId: associationId = '' }, query }) {
      requireInstance(world, instanceId);
      const type = requireResourceType(query.get('resourceType'));
      return { StorageConfig: storage.require(type, associationId) };
    },
  };
}
