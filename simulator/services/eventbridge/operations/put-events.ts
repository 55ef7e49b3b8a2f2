import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { type EventBridgeEvent, eventTime } from '../event.ts';
import type { EventBridgeParts } from '../parts.ts';

const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;
/** The size of an entry's time, in any form. */
const TIME_BYTES = 14;

type Result = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

/**
 * PutEvents: up to ten events at once. An invalid entry fails alone, in the answer; an invalid request fails
 * as a whole.
 *
 * Source: EventBridge API reference, "PutEvents"; user guide, "Calculating PutEvents
 * event entry size".
 */
export function putEvents({ put, now, account: { partition, region } }: EventBridgeParts): JsonOperation {
  const busArn = (accountId: string) => `arn:${partition}:events:${region}:${accountId}:event-bus/default`;

  return {
    name: 'PutEvents',
    needs: (input, { caller }) =>
      entriesOf(input).map((entry) => ({
        action: 'events:PutEvents',
        resource: busArn(caller.accountId),
        context: {
          'events:source': textOf(entry, 'Source'),
          'events:detail-type': textOf(entry, 'DetailType'),
        },
      })),
    answer(input, { caller }) {
      const entries = entriesOf(input);
      const defaultBus = [undefined, 'default', busArn(caller.accountId)];
      const results = entries.map((entry): Result => {
        const problem = problemOf(entry);
        if (problem) return problem;
        const event = eventOf(entry, { nowMs: now(), account: caller.accountId, region });
        if (defaultBus.some((bus) => bus === entry['EventBusName'])) put(event);
        return { EventId: event.id };
      });
      return {
        FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
        Entries: results,
      };
    },
  };
}

function entriesOf({ Entries: entries }: JsonObject): readonly JsonObject[] {
  const list = Array.isArray(entries) ? entries.filter(isJsonObject) : [];
  if (list.length === 0 || list.length > MOST_ENTRIES) {
    throw invalid(
      `1 validation error detected: Value '${JSON.stringify(entries)}' at 'entries' failed to satisfy constraint: ` +
        `Member must have length ${list.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MOST_ENTRIES}`}`,
    );
  }
  const bytes = list.reduce((sum, entry) => sum + sizeBytesOf(entry), 0);
  if (bytes > MOST_BYTES) throw invalid('Total size of the entries in the request is over the limit.');
  return list;
}

function sizeBytesOf(entry: JsonObject): number {
  const texts = ['Source', 'DetailType', 'Detail'].map((name) => textOf(entry, name));
  const textBytes = [...texts, ...resourcesOf(entry)].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return textBytes + (entry['Time'] === undefined ? 0 : TIME_BYTES);
}

function problemOf(entry: JsonObject): Result | undefined {
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (textOf(entry, name) !== '') continue;
    const reason = `Reason: ${name} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. ${reason}` };
  }
  if (textOf(entry, 'Source').startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  if (!detailOf(entry)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return undefined;
}

function eventOf(
  entry: JsonObject,
  { nowMs, account, region }: { nowMs: number; account: string; region: string },
): EventBridgeEvent {
  const { Time: seconds } = entry;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': textOf(entry, 'DetailType'),
    source: textOf(entry, 'Source'),
    account,
    time: eventTime(typeof seconds === 'number' ? seconds * 1000 : nowMs),
    region,
    resources: resourcesOf(entry),
    detail: detailOf(entry) ?? {},
  };
}

/** The parsed detail; undefined if it is not a JSON object. */
function detailOf(entry: JsonObject): JsonObject | undefined {
  try {
    const detail: unknown = JSON.parse(textOf(entry, 'Detail'));
    return isJsonObject(detail) ? detail : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function resourcesOf({ Resources: resources }: JsonObject): readonly string[] {
  return Array.isArray(resources) ? resources.filter((one) => typeof one === 'string') : [];
}

function textOf(entry: JsonObject, name: string): string {
  const { [name]: value } = entry;
  return typeof value === 'string' ? value : '';
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', 400, message);
}
