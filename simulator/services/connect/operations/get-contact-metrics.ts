import { z } from 'zod';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidRequest, permission, requireInstance, requireText } from '../input.ts';
import type { ConnectParts } from '../parts.ts';
import { parsed } from '../search/criteria.ts';
import { arnIn } from '../world.ts';

const Metrics = z.array(z.strictObject({ Name: z.literal('POSITION_IN_QUEUE') })).min(1);

/**
 * The place of a contact in its queue, from 1. The estimated wait is not simulated. Not known: the error for a contact
 * that is in no queue.
 */
export function getContactMetrics({ contacts, routing, world }: ConnectParts): RestOperation {
  const name = 'GetContactMetrics';
  return {
    name,
    method: 'POST',
    path: '/metrics/contact',
    needs: ({ input: { InstanceId: instanceId, ContactId: contactId } }) => [
      permission(name, world, { instanceId, resource: `contact/${String(contactId)}` }),
    ],
    answer({ input }) {
      requireInstance(world, input['InstanceId']);
      const metrics = parsed(Metrics, input['Metrics']);
      const { id } = contacts.require(requireText(input, 'ContactId', { max: 250 }).replace(/^.*\//, ''));
      const position = routing.positionOf(id);
      if (position === undefined) throw invalidRequest('The contact is not in a queue.');
      return {
        MetricResults: metrics.map(({ Name }) => ({ Name, Value: { Number: position } })),
        Id: id,
        Arn: arnIn(world, 'contact', id),
      };
    },
  };
}
