import type { JsonObject, RestOperation } from '../../gateway/protocols.ts';
import { permission, requireInstance } from './input.ts';
import { pageInQuery, connectPage } from './page.ts';
import type { World } from './world.ts';

interface Listing {
  /** As AWS spells it: `ListUsers`. */
  readonly name: string;
  /** With the label `{InstanceId}`. */
  readonly path: string;
  /** The resource in the instance that IAM checks: `contact-flow/*`. Absent: the instance itself. */
  readonly resource?: string;
  /** The most that one page may have. */
  readonly most: number;
  /** The member of the answer with the list. */
  readonly member: string;
  readonly items: (query: URLSearchParams) => readonly (JsonObject | string)[];
}

/** An operation that lists what is in the instance, in pages. */
export function listOperation(world: World, listing: Listing): RestOperation {
  const { name, path, resource, most, member, items } = listing;
  return {
    name,
    method: 'GET',
    path,
    needs: ({ params: { InstanceId: instanceId } }) => [
      permission(name, world, { instanceId, ...(resource !== undefined && { resource }) }),
    ],
    answer({ params: { InstanceId: instanceId }, query }) {
      requireInstance(world, instanceId);
      const page = connectPage(items(query), { of: name, most, asked: pageInQuery(query) });
      const { items: listed, ...rest } = page;
      return { [member]: listed, ...rest };
    },
  };
}
