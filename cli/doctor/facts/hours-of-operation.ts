import {
  ConnectClient,
  DescribeHoursOfOperationCommand,
  type HoursOfOperation,
} from '@aws-sdk/client-connect';
import type { Look } from '../look.ts';
import { unlessGone } from './unless-gone.ts';

/** Hours of operation by id. Undefined: the instance has none of that id. */
export async function hoursOfOperation(id: string, look: Look): Promise<HoursOfOperation | undefined> {
  const command = new DescribeHoursOfOperationCommand({
    InstanceId: look.home.instanceId,
    HoursOfOperationId: id,
  });
  const connect = look.client(ConnectClient);
  const asking = look.ask('connect:DescribeHoursOfOperation', () => connect.send(command));
  return (await unlessGone(asking))?.HoursOfOperation;
}
