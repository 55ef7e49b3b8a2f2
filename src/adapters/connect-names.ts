import { type ConnectClient, DescribeQueueCommand, DescribeUserCommand } from '@aws-sdk/client-connect';
import { PermanentError } from '../domain/errors.ts';
import type { FindRecipientPorts } from '../steps/find-recipient.ts';
import { awsCall } from './aws-call.ts';

/** Names change rarely, and Connect allows two look-ups a second. */
const CACHED_MS = 600_000;

interface Cached {
  readonly untilMs: number;
  readonly name: string;
}

/** Names of queues and agents, remembered for ten minutes. */
export function connectNames(
  connect: ConnectClient,
  { instanceArn, now }: { instanceArn: string; now: () => number },
): Pick<FindRecipientPorts, 'queueName' | 'agentName'> {
  const cache = new Map<string, Cached>();

  async function cached(id: string, look: () => Promise<string | undefined>): Promise<string> {
    const known = cache.get(id);
    if (known && now() < known.untilMs) return known.name;
    const name = await look();
    if (!name) throw new PermanentError('REFUSED', 'Connect answered no name');
    cache.set(id, { name, untilMs: now() + CACHED_MS });
    return name;
  }

  return {
    queueName: (queueId) =>
      cached(queueId, async () => {
        const command = new DescribeQueueCommand({ InstanceId: instanceArn, QueueId: queueId });
        const { Queue } = await awsCall('connect:DescribeQueue', connect.send(command));
        return Queue?.Name;
      }),
    // First and last name may be missing, with single sign-on above all; the user name never is.
    agentName: (userId) =>
      cached(userId, async () => {
        const command = new DescribeUserCommand({ InstanceId: instanceArn, UserId: userId });
        const { User } = await awsCall('connect:DescribeUser', connect.send(command));
        const { FirstName, LastName } = User?.IdentityInfo ?? {};
        return [FirstName, LastName].filter(Boolean).join(' ') || User?.Username;
      }),
  };
}
