import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidParameter } from '../input.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';

const VIEW_TYPES = ['CUSTOMER_MANAGED', 'AWS_MANAGED'];

/** The views of the instance, without those of AWS. */
export function listViews({ world, views }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListViews',
    path: '/views/{InstanceId}',
    most: 100,
    member: 'ViewsSummaryList',
    items(query) {
      const type = query.get('type');
      if (type !== null && !VIEW_TYPES.includes(type)) {
        throw invalidParameter(`type must be one of ${VIEW_TYPES.join(', ')}.`);
      }
      if (type === 'AWS_MANAGED') return [];
      return views.all().map(({ id, arn, name }) => ({
        Id: id,
        Arn: arn,
        Name: name,
        Type: 'CUSTOMER_MANAGED',
        Status: 'PUBLISHED',
      }));
    },
  });
}
