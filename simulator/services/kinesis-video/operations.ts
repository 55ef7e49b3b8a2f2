import type { RestOperation } from '../../gateway/protocols.ts';
import { type ApiRequest, AwsError } from '../../service.ts';
import { tokenBuckets } from '../../token-bucket.ts';
import { streamPermission } from './input.ts';
import { createStream } from './operations/create-stream.ts';
import { deleteStream } from './operations/delete-stream.ts';
import { describeStream } from './operations/describe-stream.ts';
import { getDataEndpoint } from './operations/get-data-endpoint.ts';
import { getMedia } from './operations/get-media.ts';
import { getMediaForFragmentList } from './operations/get-media-for-fragment-list.ts';
import { listFragments } from './operations/list-fragments.ts';
import { listStreams } from './operations/list-streams.ts';
import { listTagsForStream } from './operations/list-tags-for-stream.ts';
import { putMedia } from './operations/put-media.ts';
import { tagStream } from './operations/tag-stream.ts';
import type { KinesisVideoParts } from './parts.ts';

/** Per stream and operation. Source: Kinesis Video Streams quotas. */
const REQUESTS_PER_SECOND = 5;

/** Everything that can be asked of Kinesis Video Streams over the wire. */
export function kinesisVideoOperations(parts: KinesisVideoParts): readonly RestOperation[] {
  const { clock, streams, region, throttle } = parts;
  const takeToken = tokenBuckets({ clock, perSecond: REQUESTS_PER_SECOND, burst: REQUESTS_PER_SECOND });

  /** Adds the checks of all operations: endpoint, permissions and throttling. */
  function operation(
    name: string,
    port: ApiRequest['port'],
    {
      path,
      answer,
      ...rest
    }: Pick<RestOperation, 'path' | 'answer'> & Partial<Pick<RestOperation, 'blob' | 'needs'>>,
  ): RestOperation {
    const { needs = (call) => [streamPermission(name, call, { streams, region })] } = rest;
    return {
      name,
      method: 'POST',
      path,
      ...(rest.blob && { blob: rest.blob }),
      needs(call) {
        if (call.request.port !== port) throw wrongEndpoint(name, port);
        return needs(call);
      },
      answer(call) {
        const [{ resource } = { resource: '' }] = needs(call);
        if (streams.refuses(resource)) throw limitExceeded();
        if (throttle && !takeToken(`${name} ${resource}`)) throw limitExceeded();
        return answer(call);
      },
    };
  }

  return [
    operation('CreateStream', 'main', createStream(parts)),
    operation('DeleteStream', 'main', deleteStream(parts)),
    operation('DescribeStream', 'main', describeStream(parts)),
    operation('GetDataEndpoint', 'main', getDataEndpoint(parts)),
    operation('GetMedia', 'media', getMedia(parts)),
    operation('GetMediaForFragmentList', 'media', getMediaForFragmentList(parts)),
    operation('ListFragments', 'media', listFragments(parts)),
    operation('ListTagsForStream', 'main', listTagsForStream(parts)),
    operation('PutMedia', 'media', putMedia(parts)),
    operation('TagStream', 'main', tagStream(parts)),
    listStreams(parts),
  ];
}

function wrongEndpoint(operation: string, port: ApiRequest['port']): AwsError {
  const where = port === 'media' ? 'at the endpoint that GetDataEndpoint names' : 'at the main endpoint';
  return new AwsError('UnknownOperationException', 404, `${operation} is answered only ${where}.`);
}

/** 400, not 429, so that no SDK retries it. */
function limitExceeded(): AwsError {
  const message = 'Kinesis Video Streams has throttled the request because you have exceeded a limit.';
  return new AwsError('ClientLimitExceededException', 400, message);
}
