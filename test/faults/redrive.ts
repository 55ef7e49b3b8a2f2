import { GetQueueAttributesCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Simulator } from '../../simulator/simulator.ts';

/** How many messages are in dead-letter queues. */
export function parkedMessages({ sqs, deployment }: Simulator): number {
  const queues = Object.values(deployment.queues).filter(({ url }) => url.includes('deadletters'));
  return queues.reduce((sum, { arn }) => sum + sqs.messages(arn).length, 0);
}

/** Lets SQS move the messages of each dead-letter queue back to its work queue, once. Returns how many. */
export async function redriveAll(simulator: Simulator): Promise<number> {
  const { endpoint, credentials, sqs, deployment } = simulator;
  const client = new SQSClient({ endpoint, credentials, region: 'us-east-1' });
  let moved = 0;
  for (const { url, arn } of Object.values(deployment.queues)) {
    const asked = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] });
    const { Attributes } = await client.send(asked);
    const policy: unknown = JSON.parse(Attributes?.RedrivePolicy ?? '{}');
    const SourceArn = policy instanceof Object ? String(Reflect.get(policy, 'deadLetterTargetArn')) : '';
    if (!SourceArn.startsWith('arn:') || sqs.messages(SourceArn).length === 0) continue;
    moved += sqs.messages(SourceArn).length;
    await client.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn: arn }));
  }
  client.destroy();
  return moved;
}
