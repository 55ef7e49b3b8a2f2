import { arnIn, type HoursOfOperation, instanceParts } from '../world.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
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
        HoursOfOperation: {
          HoursOfOperationId: id,
          HoursOfOperationArn: arnIn(world, 'operating-hours', id),
          Name: hours.name,
          Description: '',
          TimeZone: hours.timeZone,
          Config: hours.week.map(configOf),
          Tags: {},
          LastModifiedTime: LAST_MODIFIED_MS / 1000,
          LastModifiedRegion: instanceParts(world).region,
        },
      };
    },
  };
}

function configOf({ day, from, to }: HoursOfOperation['week'][number]) {
  return { Day: day, StartTime: timeSlice(from), EndTime: timeSlice(to) };
}

function timeSlice(time: string) {
  const [Hours, Minutes] = time.split(':').map(Number);
  return { Hours, Minutes };
}
