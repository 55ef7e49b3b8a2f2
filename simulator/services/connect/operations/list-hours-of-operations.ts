import type { RestOperation } from '../../../gateway/protocols.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';
import { ALWAYS_OPEN } from '../routing/hours.ts';
import { arnIn, instanceParts } from '../world.ts';

/** The hours of operation, by name alone. */
export function listHoursOfOperations({ world }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListHoursOfOperations',
    path: '/hours-of-operations-summary/{InstanceId}',
    most: 1000,
    member: 'HoursOfOperationSummaryList',
    items: () =>
      [ALWAYS_OPEN, ...(world.hoursOfOperation ?? [])].map(({ id, name }) => ({
        Id: id,
        Arn: arnIn(world, 'operating-hours', id),
        Name: name,
        LastModifiedTime: LAST_MODIFIED_MS / 1000,
        LastModifiedRegion: instanceParts(world).region,
      })),
  });
}
