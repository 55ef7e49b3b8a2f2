import type { RestOperation } from '../../../gateway/protocols.ts';
import { contentOf } from '../flow/flow-store.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import { LAST_MODIFIED_MS } from '../instance-defaults.ts';
import type { ConnectParts } from '../parts.ts';
import { instanceParts } from '../world.ts';

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
        ContactFlow: {
          Arn: flow.arn,
          Id: flow.id,
          Name: flow.name,
          Type: flow.type,
          State: 'ACTIVE',
          Status: 'PUBLISHED',
          Description: '',
          Content: contentOf(flow),
          Tags: {},
          LastModifiedTime: LAST_MODIFIED_MS / 1000,
          LastModifiedRegion: instanceParts(world).region,
        },
      };
    },
  };
}
