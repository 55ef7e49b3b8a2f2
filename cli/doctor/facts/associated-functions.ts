import { ConnectClient, paginateListLambdaFunctions } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** ARNs of the Lambda functions that flows of the instance may invoke, 25 a call. */
export const associatedFunctions = fact(async (look): Promise<readonly string[]> => {
  const paging = { client: look.client(ConnectClient), pageSize: 25 };
  const pages = paginateListLambdaFunctions(paging, { InstanceId: look.home.instanceId });
  const read = await everyPage(look, 'connect:ListLambdaFunctions', pages);
  return read.flatMap(({ LambdaFunctions = [] }) => LambdaFunctions);
});
