import { FLOW_TYPES } from '../../../../flows/language/document.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { describedFlow } from '../flow-description.ts';
import type { StoredFlow } from '../flow/flow-store.ts';
import type { ConnectParts } from '../parts.ts';
import { parsed, stringCondition, wordCondition } from '../search/criteria.ts';
import { searchOperation } from '../search/search-operation.ts';
import { attributeFilter, tagFilter } from '../search/tag-filter.ts';
import { z } from 'zod';

interface Found {
  readonly flow: StoredFlow;
  readonly state: 'ACTIVE' | 'ARCHIVED';
}

const TypeCondition = z.strictObject({ ContactFlowType: z.string() });

/** Flows of the template have none here. */
function noTags() {
  return {};
}

/**
 * Flows, archived ones too; they have no tags here, and all are published. Not known: whether AWS returns their
 * content; it is left out.
 */
export function searchContactFlows({ world, flows }: ConnectParts): RestOperation {
  const types = FLOW_TYPES.filter((type) => type !== 'MODULE');
  const isOfType = wordCondition<Found>(types, ({ flow }) => flow.type);
  return searchOperation<Found>(world, {
    name: 'SearchContactFlows',
    path: '/search-contact-flows',
    most: 100,
    member: 'ContactFlows',
    items: () =>
      [
        ...flows.all().map((flow): Found => ({ flow, state: 'ACTIVE' })),
        ...flows.archived().map((flow): Found => ({ flow, state: 'ARCHIVED' })),
      ].filter(({ flow }) => flow.type !== 'MODULE'),
    criteria: {
      StringCondition: stringCondition<Found>({
        name: ({ flow }) => flow.name,
        description: () => '',
        resourceid: ({ flow }) => flow.id,
      }),
      TypeCondition: isOfType,
      StateCondition: wordCondition(['ACTIVE', 'ARCHIVED'], ({ state }) => state),
      StatusCondition: wordCondition(['PUBLISHED', 'SAVED'], () => 'PUBLISHED'),
    },
    filters: {
      TagFilter: tagFilter(noTags),
      FlowAttributeFilter: attributeFilter<Found>(noTags, {
        ContactFlowTypeCondition: (given) => isOfType(parsed(TypeCondition, given).ContactFlowType),
      }),
    },
    describe: ({ flow, state }) => describedFlow(flow, state, world),
  });
}
