import { ConnectClient, DescribeInstanceCommand, type Instance } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';

/** The instance of the settings. Undefined: there is none of that id in this account and Region. */
export const instance = fact(async (look): Promise<Instance | undefined> => {
  const command = new DescribeInstanceCommand({ InstanceId: look.home.instanceId });
  const connect = look.client(ConnectClient);
  try {
    const { Instance } = await look.ask('connect:DescribeInstance', () => connect.send(command));
    return Instance;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
});
