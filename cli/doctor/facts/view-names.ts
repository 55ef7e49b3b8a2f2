import { ConnectClient, paginateListViews } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** Names of the views that people or stacks made in the instance, 100 a call. */
export const viewNames = fact(async (look): Promise<readonly string[]> => {
  const paging = { client: look.client(ConnectClient), pageSize: 100 };
  const asked = { InstanceId: look.home.instanceId, Type: 'CUSTOMER_MANAGED' } as const;
  const pages = await everyPage(look, 'connect:ListViews', paginateListViews(paging, asked));
  return pages.flatMap(({ ViewsSummaryList = [] }) => ViewsSummaryList).map(({ Name = '' }) => Name);
});
