import { AwsError, type Permission } from '../../service.ts';
import { isJsonObject, type JsonObject, type RestCall } from '../../gateway/protocols.ts';
import { noSuchStream, type VideoStream, type VideoStreams } from './streams.ts';

const STREAM_ARN = /^arn:[a-z\d-]+:kinesisvideo:[a-z0-9-]+:[0-9]+:stream\/[a-zA-Z0-9_.-]+\/[0-9]+$/;

export function invalidArgument(message: string): AwsError {
  return new AwsError('InvalidArgumentException', 400, message);
}

/** The stream a request names, by `StreamARN` or by `StreamName`: exactly one of them. */
export function requireStream(input: JsonObject, streams: VideoStreams): VideoStream {
  const { StreamARN: arn, StreamName: name } = input;
  if ((arn === undefined) === (name === undefined)) {
    throw invalidArgument('Either StreamName or StreamARN must be given, and not both.');
  }
  if (typeof arn === 'string') {
    if (!STREAM_ARN.test(arn)) throw invalidArgument(`StreamARN is not valid: ${arn}`);
    const stream = streams.findByArn(arn);
    if (!stream) throw noSuchStream(arn);
    return stream;
  }
  if (typeof name !== 'string') throw invalidArgument('StreamName and StreamARN must be strings.');
  const stream = streams.findByName(name);
  if (!stream) throw noSuchStream(name);
  return stream;
}

/**
 * The permission that a caller needs: the operation on the stream's ARN. An unknown stream has no creation
 * time; its ARN ends in 0.
 */
export function streamPermission(
  operation: string,
  { input, request }: RestCall,
  { streams, region }: { streams: VideoStreams; region: string },
): Permission {
  const { StreamARN: arn, StreamName: name } = input;
  const named = typeof name === 'string' ? streams.findByName(name)?.arn : undefined;
  const unknown = `arn:aws:kinesisvideo:${region}:${request.caller.accountId}:stream/${String(name)}/0`;
  return {
    action: `kinesisvideo:${operation}`,
    resource: typeof arn === 'string' ? arn : (named ?? unknown),
  };
}

/** A member that must be an object, if it is present. */
export function findObject(input: JsonObject, member: string): JsonObject | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw invalidArgument(`${member} must be an object.`);
  return value;
}

/** A timestamp on the wire is a number of seconds since the epoch, with a fraction. */
export function requireTimeMs(input: JsonObject, member: string): number {
  const value = input[member];
  if (typeof value !== 'number') throw invalidArgument(`${member} is required.`);
  return Math.round(value * 1000);
}
