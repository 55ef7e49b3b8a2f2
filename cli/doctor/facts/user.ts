import { ConnectClient, DescribeUserCommand, type User } from '@aws-sdk/client-connect';
import type { Look } from '../look.ts';
import { unlessGone } from './unless-gone.ts';

/** An agent by id. Undefined: the instance has no user of that id. */
export async function findUser(id: string, look: Look): Promise<User | undefined> {
  const command = new DescribeUserCommand({ InstanceId: look.home.instanceId, UserId: id });
  const connect = look.client(ConnectClient);
  return (await unlessGone(look.ask('connect:DescribeUser', () => connect.send(command))))?.User;
}
