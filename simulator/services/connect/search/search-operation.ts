import type { JsonObject, RestOperation } from '../../../gateway/protocols.ts';
import { permission, requireInstance } from '../input.ts';
import { connectPage } from '../page.ts';
import type { World } from '../world.ts';
import { type Conditions, criteriaOf } from './criteria.ts';

interface Search<Item> {
  /** As AWS spells it: `SearchUsers`. */
  readonly name: string;
  readonly path: string;
  /** The most that one page may have. */
  readonly most: number;
  /** The member of the answer with what was found. */
  readonly member: string;
  readonly items: () => readonly Item[];
  /** What `SearchCriteria` may hold, beside And and Or. */
  readonly criteria: Conditions<Item>;
  /** What `SearchFilter` may hold. */
  readonly filters: Conditions<Item>;
  readonly describe: (item: Item) => JsonObject;
}

/**
 * An operation that finds what is in the instance by criteria and filters, in pages. What is new is found at
 * once, which on AWS takes a moment.
 */
export function searchOperation<Item>(world: World, search: Search<Item>): RestOperation {
  const { name, path, most, member, items, criteria, filters, describe } = search;
  return {
    name,
    method: 'POST',
    path,
    needs: ({ input: { InstanceId: instanceId } }) => [permission(name, world, { instanceId })],
    answer({ input }) {
      const { InstanceId: instanceId, SearchCriteria, SearchFilter, NextToken, MaxResults } = input;
      requireInstance(world, instanceId);
      const isMeant = criteriaOf(SearchCriteria ?? {}, criteria);
      const isLeft = criteriaOf(SearchFilter ?? {}, filters);
      const found = items().filter((item) => isMeant(item) && isLeft(item));
      const asked = { nextToken: NextToken, maxResults: MaxResults };
      const { items: page, ...rest } = connectPage(found, { of: name, most, asked });
      return { [member]: page.map(describe), ApproximateTotalCount: found.length, ...rest };
    },
  };
}
