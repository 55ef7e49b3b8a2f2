import { ConnectClient, paginateListQueues } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** Names of the queues by id, 1,000 a call. Without agents' own queues, which have no names. */
export const queueNames = fact(async (look): Promise<ReadonlyMap<string, string>> => {
  const paging = { client: look.client(ConnectClient), pageSize: 1000 };
  const asked = { InstanceId: look.home.instanceId, QueueTypes: ['STANDARD' as const] };
  const pages = await everyPage(look, 'connect:ListQueues', paginateListQueues(paging, asked));
  const queues = pages.flatMap(({ QueueSummaryList = [] }) => QueueSummaryList);
  return new Map(queues.map(({ Id = '', Name = '' }) => [Id, Name]));
});
