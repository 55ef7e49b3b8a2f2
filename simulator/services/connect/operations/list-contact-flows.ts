import { FLOW_TYPES } from '../../../../flows/language/document.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import type { StoredFlow } from '../flow/flow-store.ts';
import { invalidParameter } from '../input.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';

const TYPES: readonly string[] = FLOW_TYPES.filter((type) => type !== 'MODULE');

/** The flows, by name and type; modules are listed apart. All are published. */
export function listContactFlows({ world, flows }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListContactFlows',
    path: '/contact-flows-summary/{InstanceId}',
    resource: 'contact-flow/*',
    most: 1000,
    member: 'ContactFlowSummaryList',
    items(query) {
      const types = query.getAll('contactFlowTypes');
      if (types.some((type) => !TYPES.includes(type))) {
        throw invalidParameter(`contactFlowTypes must be of ${TYPES.join(', ')}.`);
      }
      const listed = [
        ...flows.all().map((flow) => summaryOf(flow, 'ACTIVE')),
        ...flows.archived().map((flow) => summaryOf(flow, 'ARCHIVED')),
      ];
      return listed.filter(
        ({ ContactFlowType: type }) => type !== 'MODULE' && (types.length === 0 || types.includes(type)),
      );
    },
  });
}

function summaryOf({ id, arn, name, type }: StoredFlow, state: 'ACTIVE' | 'ARCHIVED') {
  return {
    Id: id,
    Arn: arn,
    Name: name,
    ContactFlowType: type,
    ContactFlowState: state,
    ContactFlowStatus: 'PUBLISHED',
  };
}
