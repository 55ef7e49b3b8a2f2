import {
  type ConnectClient,
  DescribeQueueCommand,
  DescribeUserCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-connect';
import type { FindRecipientPorts } from '../steps/find-recipient.ts';
import { fromAws } from './aws-errors.ts';

/** Names change rarely, and Connect allows two look-ups a second. */
const CACHED_MS = 600_000;

interface Cached {
  readonly untilMs: number;
  readonly name: string;
}

/** Names of queues and agents, remembered for ten minutes. One that does not exist has none. */
export function connectNames(
  connect: ConnectClient,
  { instanceArn, now }: { instanceArn: string; now: () => number },
): Pick<FindRecipientPorts, 'queueName' | 'agentName'> {
  const cache = new Map<string, Cached>();

  async function cached(id: string, look: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = cache.get(id);
    if (known && now() < known.untilMs) return known.name;
    const name = await look();
    if (name) cache.set(id, { name, untilMs: now() + CACHED_MS });
    return name;
  }

  return {
    queueName: (queueId) =>
      cached(queueId, async () => {
        const command = new DescribeQueueCommand({ InstanceId: instanceArn, QueueId: queueId });
        const found = await unlessGone('connect:DescribeQueue', connect.send(command));
        return found?.Queue?.Name;
      }),
    // First and last name may be missing, with single sign-on above all; the user name never is.
    agentName: (userId) =>
      cached(userId, async () => {
        const command = new DescribeUserCommand({ InstanceId: instanceArn, UserId: userId });
        const found = await unlessGone('connect:DescribeUser', connect.send(command));
        const { FirstName, LastName } = found?.User?.IdentityInfo ?? {};
        return [FirstName, LastName].filter(Boolean).join(' ') || found?.User?.Username;
      }),
  };
}

async function unlessGone<Answer>(operation: string, call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw fromAws(error, operation);
  }
}
