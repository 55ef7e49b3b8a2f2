import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter, permission, requireInstance } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { requireResourceType } from '../storage/storage-config.ts';

const MOST_RESULTS = 10;

/** Where the instance keeps one type of its data. One result or none, so there is never a next page. */
export function listInstanceStorageConfigs({ world, storage }: ConnectParts): RestOperation {
  return {
    name: 'ListInstanceStorageConfigs',
    method: 'GET',
    path: '/instance/{InstanceId}/storage-configs',
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission('ListInstanceStorageConfigs', world, { instanceId }),
    ],
    answer({ params: { InstanceId: instanceId }, query }) {
      requireInstance(world, instanceId);
      const most = Number(query.get('maxResults') ?? MOST_RESULTS);
      if (!Number.isInteger(most) || most < 1 || most > MOST_RESULTS) {
        throw invalidParameter(`maxResults must be 1 to ${MOST_RESULTS}.`);
      }
      if (query.has('nextToken')) throw invalidParameter('nextToken is not valid.');
      return { StorageConfigs: storage.list(requireResourceType(query.get('resourceType'))) };
    },
  };
}
