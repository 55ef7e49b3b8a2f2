import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { type ApiRequest, AwsError } from '../../../service.ts';
import { refused } from '../errors.ts';
import { requireText } from '../input.ts';
import type { SqsParts } from '../parts.ts';
import { settingsIn } from '../settable-attributes.ts';

/** CreateQueue: a standard queue. One that is there already is answered, if its settings are the same. */
export function createQueue(parts: SqsParts): JsonOperation {
  const arnIn = (input: JsonObject, { caller }: ApiRequest) => {
    const { partition, region } = parts.account;
    return `arn:${partition}:sqs:${region}:${caller.accountId}:${requireText(input, 'QueueName')}`;
  };
  return {
    name: 'CreateQueue',
    needs: (input, request) => [{ action: 'sqs:CreateQueue', resource: arnIn(input, request) }],
    answer(input, request) {
      const name = requireText(input, 'QueueName');
      const arn = arnIn(input, request);
      if (name.endsWith('.fifo')) {
        throw new AwsError('UnknownOperationException', 501, 'The simulator has no FIFO queues');
      }
      if (!/^[\w-]{1,80}$/.test(name)) {
        const message =
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
        throw refused('InvalidParameterValue', message);
      }
      const settings = settingsIn(input);
      const { queues } = parts;
      const there = queues.get(arn);
      if (!there) parts.create({ name, arn, ...settings, tags: tagsIn(input) });
      else if (
        Object.entries(settings).some(([key, value]) => !same(Reflect.get(there.options, key), value))
      ) {
        const message = 'A queue already exists with the same name and a different value for an attribute';
        throw refused('QueueNameExists', message);
      }
      return { QueueUrl: parts.queueUrl(arn) };
    },
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function tagsIn({ tags }: JsonObject): Readonly<Record<string, string>> {
  if (!isJsonObject(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
}
