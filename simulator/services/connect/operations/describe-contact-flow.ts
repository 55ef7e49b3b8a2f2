import type { RestOperation } from '../../../gateway/protocols.ts';
import { contentOf } from '../flow/flow-store.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { describedFlow } from '../flow-description.ts';
import type { ConnectParts } from '../parts.ts';

/** A flow with its content, as it was published. What is saved and not published is not kept. */
export function describeContactFlow({ world, flows }: ConnectParts): RestOperation {
  return {
    name: 'DescribeContactFlow',
    method: 'GET',
    path: '/contact-flows/{InstanceId}/{ContactFlowId}',
    needs: ({ params: { InstanceId: instanceId, ContactFlowId: id = '' } }) => [
      permission('DescribeContactFlow', world, {
        instanceId,
        resource: `contact-flow/${id.replace(/:.*$/, '')}`,
      }),
    ],
    answer({ params: { InstanceId: instanceId, ContactFlowId: id = '' } }) {
      requireInstance(world, instanceId);
      const flow = flows.find(id);
      if (!flow || flow.type === 'MODULE') throw resourceNotFound(`Flow not found: ${id}`);
      return {
        ContactFlow: { ...describedFlow(flow, 'ACTIVE', world), Content: contentOf(flow) },
      };
    },
  };
}
