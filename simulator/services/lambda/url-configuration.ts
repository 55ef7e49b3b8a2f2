import type { JsonObject } from '../../gateway/protocols.ts';
import type { FunctionUrl } from './function-urls.ts';

/** A function URL as the API describes it. Source: Lambda API reference, FunctionUrlConfig. */
export function urlConfiguration({
  url,
  functionArn,
  cors,
  createdAtMs,
  changedAtMs,
}: FunctionUrl): JsonObject {
  return {
    FunctionUrl: url,
    FunctionArn: functionArn,
    AuthType: 'NONE',
    InvokeMode: 'BUFFERED',
    ...(cors !== undefined && { Cors: cors }),
    CreationTime: new Date(createdAtMs).toISOString(),
    LastModifiedTime: new Date(changedAtMs).toISOString(),
  };
}
