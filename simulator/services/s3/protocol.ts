import type { Clock } from '../../clock.ts';
import { whileBusy } from '../../gateway/while-busy.ts';
import type { ApiAnswer, ApiRequest, AwsError, Service } from '../../service.ts';
import { checkHeaders } from './input.ts';
import type { S3Operations } from './operations.ts';
import { parseS3Path, s3RequestId } from './s3-names.ts';
import { plainXml } from './xml.ts';

/**
 * A service that speaks S3's own protocol: path-style addresses, bodies as they are, XML
 * around everything else. Source: Amazon S3 API Reference.
 */
export function s3Service({ clock, operations }: { clock: Clock; operations: S3Operations }): Service {
  return {
    name: 's3',
    operations: operations.names,
    find(request) {
      const { bucketName, key } = parseS3Path(request.path);
      const operation = operations.find(
        request,
        bucketName === '' ? 'all' : key === '' ? 'bucket' : 'object',
      );
      return (
        operation && {
          name: operation.name,
          needs: (asked) => operation.needs({ bucketName, key, request: asked }),
          async answer(asked) {
            checkHeaders(asked);
            const call = { bucketName, key, request: asked };
            const answer = await whileBusy(clock, () => operation.answer(call));
            return { ...answer, headers: { ...answer.headers, ...requestIds(asked) } };
          },
        }
      );
    },
    errorAnswer,
  };
}

function requestIds(request: ApiRequest): Record<string, string> {
  return { 'x-amz-request-id': s3RequestId(request), 'x-amz-id-2': request.requestId };
}

/** HEAD has no body: its errors are known by their status alone. */
function errorAnswer({ code, status, message, members }: AwsError, request: ApiRequest): ApiAnswer {
  const headers = { 'content-type': 'application/xml', ...requestIds(request) };
  if (request.method === 'HEAD') return { status, headers };
  const more = { ...members, RequestId: s3RequestId(request), HostId: request.requestId };
  return { status, headers, body: plainXml('Error', { Code: code, Message: message, ...more }) };
}
