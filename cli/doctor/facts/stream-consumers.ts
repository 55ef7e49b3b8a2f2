import { KinesisClient, paginateListStreamConsumers } from '@aws-sdk/client-kinesis';
import { fact } from '../look.ts';

/** Names of those who read the contact record stream by enhanced fan-out. */
export const streamConsumers = fact(async (look): Promise<readonly string[]> => {
  const { contactRecordStreamArn: StreamARN } = look.config;
  const pages = paginateListStreamConsumers({ client: look.client(KinesisClient) }, { StreamARN });
  return look.ask('kinesis:ListStreamConsumers', async () => {
    const names: string[] = [];
    for await (const { Consumers = [] } of pages) {
      names.push(...Consumers.flatMap(({ ConsumerName }) => ConsumerName ?? []));
    }
    return names;
  });
});
