import { describedHours } from '../hours-description.ts';
import type { ConnectParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { findHours } from '../routing/hours.ts';

/** When queues are open, and in which time zone. There are no overrides for holidays. */
export function describeHoursOfOperation({ world }: ConnectParts): RestOperation {
  return {
    name: 'DescribeHoursOfOperation',
    method: 'GET',
    path: '/hours-of-operations/{InstanceId}/{HoursOfOperationId}',
    // The resource type has another name than the operation. Source: Service Authorization Reference.
    needs: ({ params: { InstanceId: instanceId, HoursOfOperationId: id } }) => [
      permission('DescribeHoursOfOperation', world, { instanceId, resource: `operating-hours/${id}` }),
    ],
    answer({ params: { InstanceId: instanceId, HoursOfOperationId: id = '' } }) {
      requireInstance(world, instanceId);
      const hours = findHours(world, id);
      if (hours?.id !== id) throw resourceNotFound(`Hours of operation not found: ${id}`);
      return {
        HoursOfOperation: describedHours(hours, world),
      };
    },
  };
}
