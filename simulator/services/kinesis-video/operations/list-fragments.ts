import type { KinesisVideoParts } from '../parts.ts';
import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type RestOperation } from '../../../gateway/protocols.ts';
import { findObject, invalidArgument, requireStream, requireTimeMs } from '../input.ts';
import type { StoredFragment, VideoStream, VideoStreams } from '../streams.ts';

/** Source: API reference, ListFragments, MaxResults: 1 to 1000. */
const MOST_RESULTS = 1000;
const DEFAULT_RESULTS = 100;

interface Selector {
  readonly origin: 'producerMs' | 'serverMs';
  /** Inclusive, by the fragments' start. */
  readonly fromMs: number;
  readonly toMs: number;
}

interface Page {
  readonly selector: Selector;
  /** The place of the last fragment before this page, in the shuffled order. */
  readonly after: string;
}

/**
 * The fragments of a stretch of time, in no order, also across pages.
 *
 * The disorder is the same every time. A range that ends before the oldest fragment of the stream is an
 * error, not an empty list, as on AWS.
 */
export function listFragments({ streams }: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/listFragments',
    answer({ input }) {
      const stream = requireStream(input, streams);
      const maxResults = maxResultsOf(input);
      const { selector, after } = pageOf(input);
      refuseExpired(selector, stream, streams);

      const inRange = streams
        .fragments(stream)
        .filter(({ [selector.origin]: startMs }) => startMs >= selector.fromMs && startMs <= selector.toMs)
        .map((fragment) => ({ fragment, place: placeOf(fragment) }))
        .filter(({ place }) => place > after)
        .toSorted((a, b) => (a.place < b.place ? -1 : 1));
      const page = inRange.slice(0, maxResults);
      const last = page.at(-1);

      return {
        Fragments: page.map(({ fragment }) => described(fragment)),
        NextToken: last && inRange.length > page.length ? tokenFor({ selector, after: last.place }) : null,
      };
    },
  };
}

/** A hash shuffles the fragments. It does not change while further fragments arrive. */
function placeOf({ number }: StoredFragment): string {
  return createHash('sha1').update(number).digest('hex');
}

function described({ number, sizeBytes, producerMs, serverMs, lengthMs }: StoredFragment): JsonObject {
  return {
    FragmentNumber: number,
    FragmentSizeInBytes: sizeBytes,
    ProducerTimestamp: producerMs / 1000,
    ServerTimestamp: serverMs / 1000,
    FragmentLengthInMilliseconds: lengthMs,
  };
}

function maxResultsOf({ MaxResults: value }: JsonObject): number {
  if (value === undefined || value === null) return DEFAULT_RESULTS;
  if (typeof value !== 'number' || value < 1 || value > MOST_RESULTS) {
    throw invalidArgument(`MaxResults must be between 1 and ${MOST_RESULTS}.`);
  }
  return value;
}

function pageOf(input: JsonObject): Page {
  const { NextToken: token } = input;
  const given = findObject(input, 'FragmentSelector');
  if (typeof token !== 'string') {
    if (!given) throw invalidArgument('FragmentSelector is required when NextToken is not given.');
    return { selector: selectorOf(given), after: '' };
  }
  if (given) throw invalidArgument('FragmentSelector must not be given with NextToken.');
  return pageFor(token);
}

function selectorOf(given: JsonObject): Selector {
  const { FragmentSelectorType: type } = given;
  if (type !== 'SERVER_TIMESTAMP' && type !== 'PRODUCER_TIMESTAMP') {
    throw invalidArgument('FragmentSelectorType must be PRODUCER_TIMESTAMP or SERVER_TIMESTAMP.');
  }
  const range = findObject(given, 'TimestampRange');
  if (!range) throw invalidArgument('TimestampRange is required.');
  const fromMs = requireTimeMs(range, 'StartTimestamp');
  const toMs = requireTimeMs(range, 'EndTimestamp');
  if (fromMs > toMs) throw invalidArgument('StartTimestamp must not be after EndTimestamp.');
  return { origin: type === 'SERVER_TIMESTAMP' ? 'serverMs' : 'producerMs', fromMs, toMs };
}

/** The sentence is the real service's, as people report it. */
function refuseExpired({ toMs }: Selector, stream: VideoStream, streams: VideoStreams): void {
  if (toMs >= streams.keptSinceMs(stream)) return;
  throw invalidArgument(`End timestamp ${toMs} is outside of the stream retention period.`);
}

function tokenFor({ selector: { origin, fromMs, toMs }, after }: Page): string {
  return Buffer.from(JSON.stringify({ origin, fromMs, toMs, after })).toString('base64');
}

function pageFor(token: string): Page {
  const { origin, fromMs, toMs, after } = membersOf(token);
  if (
    (origin !== 'producerMs' && origin !== 'serverMs') ||
    typeof fromMs !== 'number' ||
    typeof toMs !== 'number' ||
    typeof after !== 'string'
  ) {
    throw invalidArgument('NextToken is not valid.');
  }
  return { selector: { origin, fromMs, toMs }, after };
}

function membersOf(token: string): JsonObject {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    return isJsonObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
