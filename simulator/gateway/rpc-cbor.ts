import type { ApiAnswer, ApiRequest, AwsError, Service } from '../service.ts';
import { fromCbor, toCbor } from './cbor.ts';
import { isJsonObject, type JsonObject, type JsonOperation } from './protocols.ts';

const PROTOCOL = 'rpc-v2-cbor';
const HEADERS = { 'smithy-protocol': PROTOCOL, 'content-type': 'application/cbor' };

/** Whether a client speaks Smithy RPC v2 CBOR. */
export function speaksCbor({ headers }: Pick<ApiRequest, 'headers'>): boolean {
  return headers['smithy-protocol'] === PROTOCOL;
}

/** `ListMetrics` of `POST /service/GraniteServiceVersion20100801/operation/ListMetrics`. */
export function cborOperationName({ path }: Pick<ApiRequest, 'path'>): string | undefined {
  return /\/operation\/(\w+)$/.exec(path)?.[1];
}

/**
 * A JSON service that speaks Smithy RPC v2 CBOR too, to clients that do. Times in answers have to be Dates: JSON
 * writes them as seconds, and CBOR has a form for them. Source: Smithy, "Smithy RPC v2 CBOR protocol".
 */
export function withCbor(
  service: Service,
  { serviceName, operations }: { serviceName: string; operations: readonly JsonOperation[] },
): Service {
  return {
    ...service,
    find(request) {
      if (!speaksCbor(request)) return service.find(request);
      const asked = cborOperationName(request);
      const isHere = request.path.includes(`/service/${serviceName}/`);
      const operation = operations.find(({ name }) => isHere && name === asked);
      return (
        operation && {
          name: operation.name,
          needs: (call) => operation.needs(inputOf(call), call),
          answer: async (call) => ({
            status: 200,
            headers: HEADERS,
            body: toCbor((await operation.answer(inputOf(call), call)) ?? {}),
          }),
        }
      );
    },
  };
}

function inputOf({ body }: ApiRequest): JsonObject {
  const input = body.length === 0 ? {} : fromCbor(body);
  return isJsonObject(input) ? input : {};
}

/** An error for a client that speaks CBOR. */
export function cborError({ code, status, message, members }: AwsError): ApiAnswer {
  return { status, headers: HEADERS, body: toCbor({ __type: code, message, ...members }) };
}
