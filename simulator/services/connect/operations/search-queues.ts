import type { RestOperation } from '../../../gateway/protocols.ts';
import type { ConnectParts } from '../parts.ts';
import { queueOf } from '../queue-description.ts';
import { stringCondition, wordCondition } from '../search/criteria.ts';
import { searchOperation } from '../search/search-operation.ts';
import { tagFilter } from '../search/tag-filter.ts';
import type { World } from '../world.ts';

type Queue = World['queues'][number];

/** Queues with their tags; agents' personal queues are not among them. */
export function searchQueues({ world }: ConnectParts): RestOperation {
  return searchOperation<Queue>(world, {
    name: 'SearchQueues',
    path: '/search-queues',
    most: 500,
    member: 'Queues',
    items: () => world.queues,
    criteria: {
      StringCondition: stringCondition({
        name: ({ name }) => name,
        description: () => '',
        resourceid: ({ id }) => id,
      }),
      QueueTypeCondition: wordCondition(['STANDARD'], () => 'STANDARD'),
    },
    filters: { TagFilter: tagFilter(({ tags = {} }) => tags) },
    describe: (queue) => queueOf(queue, world),
  });
}
