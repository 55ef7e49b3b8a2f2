import type { KinesisVideoParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { invalidArgument, requireStream } from '../input.ts';

const API_NAMES = new Set([
  'PUT_MEDIA',
  'GET_MEDIA',
  'LIST_FRAGMENTS',
  'GET_MEDIA_FOR_FRAGMENT_LIST',
  'GET_HLS_STREAMING_SESSION_URL',
  'GET_DASH_STREAMING_SESSION_URL',
  'GET_CLIP',
  'GET_IMAGES',
]);

/** The endpoint for calls about media. It always differs from the one of this call. */
export function getDataEndpoint({
  streams,
  mediaEndpoint,
}: KinesisVideoParts): Pick<RestOperation, 'path' | 'answer'> {
  return {
    path: '/getDataEndpoint',
    answer({ input }) {
      requireStream(input, streams);
      const { APIName: apiName } = input;
      if (typeof apiName !== 'string' || !API_NAMES.has(apiName)) {
        throw invalidArgument(`APIName must be one of ${[...API_NAMES].join(', ')}.`);
      }
      return { DataEndpoint: mediaEndpoint() };
    },
  };
}
