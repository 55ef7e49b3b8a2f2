import type { RestOperation } from '../../../gateway/protocols.ts';
import { describedHours } from '../hours-description.ts';
import type { ConnectParts } from '../parts.ts';
import { ALWAYS_OPEN } from '../routing/hours.ts';
import { stringCondition } from '../search/criteria.ts';
import { searchOperation } from '../search/search-operation.ts';
import { tagFilter } from '../search/tag-filter.ts';
import type { HoursOfOperation } from '../world.ts';

/** Hours of operation; they have no tags. */
export function searchHoursOfOperations({ world }: ConnectParts): RestOperation {
  return searchOperation<HoursOfOperation>(world, {
    name: 'SearchHoursOfOperations',
    path: '/search-hours-of-operations',
    most: 100,
    member: 'HoursOfOperations',
    items: () => [ALWAYS_OPEN, ...(world.hoursOfOperation ?? [])],
    criteria: {
      StringCondition: stringCondition({
        name: ({ name }) => name,
        description: () => '',
        timezone: ({ timeZone }) => timeZone,
        resourceid: ({ id }) => id,
      }),
    },
    filters: { TagFilter: tagFilter(() => ({})) },
    describe: (hours) => describedHours(hours, world),
  });
}
