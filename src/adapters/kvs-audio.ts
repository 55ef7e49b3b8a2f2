import { Readable } from 'node:stream';
import { APIName, GetDataEndpointCommand, KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import {
  type Fragment as AwsFragment,
  GetMediaForFragmentListCommand,
  KinesisVideoArchivedMediaClient,
  ListFragmentsCommand,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { RETENTION_ADVICE } from '../domain/audio/recordings.ts';
import type { FragmentListing } from '../domain/audio/fragment-list.ts';
import type { SaveKvsRecordingPorts } from '../steps/save-kvs-recording.ts';
import { fromAws, isThrottled, nameOf } from './aws-errors.ts';
import { timeLimits } from './time-limits.ts';

/** The most that ListFragments gives at once. */
const PAGE_SIZE = 1000;
/** 28 hours of speech. A longer list counts as endless. */
const MOST_PAGES = 100;

interface KvsAudioOptions {
  /** For both planes; without it the SDK's own. */
  readonly region?: string;
  /** For tests; without it the SDK's own. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /**
   * Of the control plane only, for tests; without it the SDK's own. Media come from the endpoint that
   * GetDataEndpoint returns.
   */
  readonly endpoint?: string;
}

/**
 * A caller's audio on Kinesis Video Streams.
 *
 * Every stream has data endpoints of its own, one per API. They must be requested first and used unchanged.
 * They are cached, and requested again if a call to a cached one fails.
 *
 * Throws PermanentError NO_AUDIO, with advice for an administrator, if the stream or its media are gone;
 * otherwise as `fromAws`. Throttling comes as HTTP 400 here and the SDK does not retry it: RetryableError
 * UNAVAILABLE.
 *
 * Source: Kinesis Video Streams API reference, GetDataEndpoint, ListFragments,
 * GetMediaForFragmentList.
 */
export function kvsAudio(
  options: KvsAudioOptions = {},
): Pick<SaveKvsRecordingPorts, 'listFragments' | 'readFragments'> {
  const withClient = dataClients(options);
  return {
    async listFragments({ streamArn, startMs, stopMs }) {
      const listed: FragmentListing[] = [];
      let token: string | undefined;
      for (let page = 0; page < MOST_PAGES; page++) {
        const request =
          token === undefined ? { FragmentSelector: between(startMs, stopMs) } : { NextToken: token };
        const command = new ListFragmentsCommand({ StreamARN: streamArn, MaxResults: PAGE_SIZE, ...request });
        const { Fragments = [], NextToken } = await withClient(streamArn, 'LIST_FRAGMENTS', (client) =>
          client.send(command),
        );
        for (const fragment of Fragments) listed.push(...listingOf(fragment));
        if (!NextToken) return listed;
        token = NextToken;
      }
      throw new RetryableError('UNAVAILABLE', 'kinesisvideo:ListFragments does not come to an end');
    },

    async *readFragments(streamArn, fragmentNumbers) {
      const command = new GetMediaForFragmentListCommand({
        StreamARN: streamArn,
        Fragments: [...fragmentNumbers],
      });
      const { Payload } = await withClient(streamArn, 'GET_MEDIA_FOR_FRAGMENT_LIST', (client) =>
        client.send(command),
      );
      if (!(Payload instanceof Readable))
        throw new RetryableError(
          'UNAVAILABLE',
          'kinesisvideo:GetMediaForFragmentList answered without media',
        );
      try {
        for await (const chunk of Payload) if (chunk instanceof Uint8Array) yield chunk;
      } catch (error) {
        throw fromAws(error, 'kinesisvideo:GetMediaForFragmentList, reading the media,');
      }
    },
  };
}

/** Empty for a fragment without a number. */
function listingOf({
  FragmentNumber: fragmentNumber,
  ProducerTimestamp: spokenAt,
  FragmentLengthInMilliseconds: lengthMs,
}: AwsFragment): readonly FragmentListing[] {
  if (!fragmentNumber || !/^\d+$/.test(fragmentNumber)) return [];
  const startMs = spokenAt?.getTime();
  return [{ fragmentNumber, ...(startMs !== undefined && lengthMs !== undefined && { startMs, lengthMs }) }];
}

type DataApi = 'LIST_FRAGMENTS' | 'GET_MEDIA_FOR_FRAGMENT_LIST';

const ACTION: Readonly<Record<DataApi, string>> = {
  LIST_FRAGMENTS: 'kinesisvideo:ListFragments',
  GET_MEDIA_FOR_FRAGMENT_LIST: 'kinesisvideo:GetMediaForFragmentList',
};

/** Runs a call on a client for the stream's data endpoint. */
function dataClients({ region, credentials, endpoint }: KvsAudioOptions) {
  const shared = {
    ...(region && { region }),
    ...(credentials && { credentials }),
    ...timeLimits('kinesisvideo'),
  };
  const control = new KinesisVideoClient({ ...shared, ...(endpoint && { endpoint }) });
  const endpoints = new Map<string, string>();
  const clients = new Map<string, KinesisVideoArchivedMediaClient>();

  function clientFor(dataEndpoint: string): KinesisVideoArchivedMediaClient {
    const known = clients.get(dataEndpoint);
    if (known) return known;
    const client = new KinesisVideoArchivedMediaClient({ ...shared, endpoint: dataEndpoint });
    clients.set(dataEndpoint, client);
    return client;
  }

  async function endpointOf(streamArn: string, api: DataApi): Promise<string> {
    try {
      const command = new GetDataEndpointCommand({ StreamARN: streamArn, APIName: APIName[api] });
      const { DataEndpoint } = await control.send(command);
      if (DataEndpoint) return DataEndpoint;
    } catch (error) {
      throw fromKinesisVideo(error, 'kinesisvideo:GetDataEndpoint');
    }
    throw new RetryableError('UNAVAILABLE', 'kinesisvideo:GetDataEndpoint answered without an endpoint');
  }

  return async function withClient<T>(
    streamArn: string,
    api: DataApi,
    call: (client: KinesisVideoArchivedMediaClient) => Promise<T>,
  ): Promise<T> {
    const key = `${api} ${streamArn}`;
    const remembered = endpoints.get(key);
    if (remembered !== undefined) {
      try {
        return await call(clientFor(remembered));
      } catch (error) {
        if (isThrottled(error)) throw fromKinesisVideo(error, ACTION[api]);
        // The endpoint can have moved. If it has not, the call below fails with the same error.
        endpoints.delete(key);
      }
    }
    const current = await endpointOf(streamArn, api);
    try {
      const answer = await call(clientFor(current));
      endpoints.set(key, current);
      return answer;
    } catch (error) {
      throw fromKinesisVideo(error, ACTION[api]);
    }
  };
}

function between(startMs: number, stopMs: number) {
  return {
    FragmentSelectorType: 'SERVER_TIMESTAMP',
    TimestampRange: { StartTimestamp: new Date(startMs), EndTimestamp: new Date(stopMs) },
  } as const;
}

const GONE = /^(ResourceNotFound|NoDataRetention)/;
/** The only error that is known by its sentence alone: a time range before the oldest media. */
const BEFORE_RETENTION = /retention period/i;

function fromKinesisVideo(error: unknown, operation: string): PermanentError | RetryableError {
  const name = nameOf(error);
  const isTooLate =
    name.startsWith('InvalidArgument') && error instanceof Error && BEFORE_RETENTION.test(error.message);
  if (!GONE.test(name) && !isTooLate) return fromAws(error, operation);
  const message = `${operation}: the video stream does not hold this message any more (${name}). ${RETENTION_ADVICE}`;
  return new PermanentError('NO_AUDIO', message, { cause: error });
}
