import type { RestOperation } from '../../../gateway/protocols.ts';
import { findText, invalidParameter, permission, requireInstance, resourceNotFound } from '../input.ts';
import type { ConnectParts } from '../parts.ts';

/** Renames, archives or restores a flow. Descriptions are not kept. */
export function updateContactFlowMetadata({ world, flows }: ConnectParts): RestOperation {
  const name = 'UpdateContactFlowMetadata';
  return {
    name,
    method: 'POST',
    path: '/contact-flows/{InstanceId}/{ContactFlowId}/metadata',
    needs: ({ params: { InstanceId: instanceId, ContactFlowId: id } }) => [
      permission(name, world, { instanceId, resource: `contact-flow/${id}` }),
    ],
    answer({ params: { InstanceId: instanceId, ContactFlowId: id = '' }, input }) {
      requireInstance(world, instanceId);
      const flow = flows.find(id) ?? flows.archived().find((one) => one.id === id);
      if (!flow || flow.type === 'MODULE') throw resourceNotFound(`Flow not found: ${id}`);
      const newName = findText(input, 'Name', { max: 127 }) ?? flow.name;
      const state = findText(input, 'ContactFlowState', { max: 20 });
      if (state !== undefined && state !== 'ACTIVE' && state !== 'ARCHIVED') {
        throw invalidParameter('ContactFlowState must be ACTIVE or ARCHIVED.');
      }
      const wasArchived = flows.find(id) === undefined;
      flows.add({ ...flow, name: newName });
      if (state === 'ARCHIVED' || (state === undefined && wasArchived)) flows.archive(id);
    },
  };
}
