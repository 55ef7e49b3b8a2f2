import type { RestOperation } from '../../../gateway/protocols.ts';
import { contentOf } from '../flow/flow-store.ts';
import { permission, requireInstance, resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';

/** A module with its content, as it was published. */
export function describeContactFlowModule({ world, flows }: ConnectParts): RestOperation {
  const name = 'DescribeContactFlowModule';
  return {
    name,
    method: 'GET',
    path: '/contact-flow-modules/{InstanceId}/{ContactFlowModuleId}',
    // The resource is called otherwise than the operation. Source: Service Authorization Reference.
    needs: ({ params: { InstanceId: instanceId, ContactFlowModuleId: id = '' } }) => [
      permission(name, world, { instanceId, resource: `flow-module/${id.replace(/:.*$/, '')}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactFlowModuleId: id = '' } }) {
      requireInstance(world, instanceId);
      const module = flows.find(id);
      if (module?.type !== 'MODULE') throw resourceNotFound(`Module not found: ${id}`);
      return {
        ContactFlowModule: {
          Arn: module.arn,
          Id: module.id,
          Name: module.name,
          Content: contentOf(module),
          State: 'ACTIVE',
          Status: 'PUBLISHED',
          Tags: {},
        },
      };
    },
  };
}
