import type { RestOperation } from '../../../gateway/protocols.ts';
import { listOperation } from '../list-operation.ts';
import type { ConnectParts } from '../parts.ts';
import { phoneNumberArn } from '../phone-numbers.ts';

/** The flow of each number. Not simulated: flows of email addresses and others. */
export function listFlowAssociations({ world, numbers }: ConnectParts): RestOperation {
  return listOperation(world, {
    name: 'ListFlowAssociations',
    path: '/flow-associations-summary/{InstanceId}',
    most: 1000,
    member: 'FlowAssociationSummaryList',
    items(query) {
      if ((query.get('ResourceType') ?? 'VOICE_PHONE_NUMBER') !== 'VOICE_PHONE_NUMBER') return [];
      return numbers.all().flatMap(({ number, flow }) => {
        const association = { ResourceId: phoneNumberArn(world, number), ResourceType: 'VOICE_PHONE_NUMBER' };
        return flow ? [{ ...association, FlowId: flow.arn }] : [];
      });
    },
  });
}
