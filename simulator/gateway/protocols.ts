import { type ApiAnswer, type ApiRequest, AwsError, type Permission, type Service } from '../service.ts';
import { pathParams } from './path-template.ts';

/** A JSON body's members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One operation of a service that speaks AWS JSON 1.0 or 1.1. */
export interface JsonOperation {
  /** As AWS spells it: `GetSecretValue`. */
  readonly name: string;
  readonly needs: (input: JsonObject, request: ApiRequest) => readonly Permission[];
  /** Returns the JSON body of a 200 (undefined: `{}`), or an answer made by `apiAnswer`. */
  readonly answer: (input: JsonObject, request: ApiRequest) => unknown;
}

/** One operation of a service that speaks REST-JSON. */
export interface RestOperation {
  /** As AWS spells it: `DescribeContact`. */
  readonly name: string;
  readonly method: string;
  /** As AWS writes it: `/contacts/{InstanceId}/{ContactId}`. */
  readonly path: string;
  /** Where the clients of older models ask for the same. */
  readonly alsoAt?: { readonly method: string; readonly path: string };
  /** The body is a payload of its own and is left alone: read `request.body`; `input` is empty. */
  readonly blob?: true;
  readonly needs: (call: RestCall) => readonly Permission[];
  /** Returns the JSON body of a 200 (undefined: `{}`), or an answer made by `apiAnswer`. */
  readonly answer: (call: RestCall) => unknown;
}

export interface RestCall {
  /** The path's labels, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The parsed body; `{}` when there is none. */
  readonly input: JsonObject;
  readonly query: URLSearchParams;
  readonly request: ApiRequest;
}

/** Answers made by `apiAnswer`. A plain JSON value could look the same, so they are remembered. */
const rawAnswers = new WeakSet();

/** An answer that is not "200 and JSON": another status, further headers, bytes, a stream. */
export function apiAnswer(answer: ApiAnswer): ApiAnswer {
  rawAnswers.add(answer);
  return answer;
}

/**
 * A service that speaks AWS JSON: everything is `POST /`, and the header
 * `x-amz-target` names the operation. Source: Smithy, "AWS JSON 1.0 protocol".
 */
export function jsonService({
  name,
  targetPrefix,
  version,
  operations,
}: {
  name: string;
  /** The text before the dot: `secretsmanager`, `DynamoDB_20120810`. */
  targetPrefix: string;
  version: '1.0' | '1.1';
  operations: readonly JsonOperation[];
}): Service {
  const contentType = `application/x-amz-json-${version}`;
  return {
    name,
    operations: operations.map((operation) => operation.name),
    find(request) {
      const target = request.headers['x-amz-target'];
      const operation = operations.find((one) => target === `${targetPrefix}.${one.name}`);
      return (
        operation && {
          name: operation.name,
          needs: (asked) => operation.needs(jsonBody(asked), asked),
          answer: async (asked) => answered(await operation.answer(jsonBody(asked), asked), contentType),
        }
      );
    },
    errorAnswer: ({ code, status, message, members }) => ({
      status,
      headers: { 'content-type': contentType },
      body: JSON.stringify({ __type: code, message, ...members }),
    }),
  };
}

/**
 * A service that speaks REST-JSON: method and path name the operation. If several paths fit, the one
 * with the most fixed parts is used. Source: Smithy, "AWS REST JSON 1 protocol".
 */
export function restJsonService({
  name,
  operations,
}: {
  name: string;
  operations: readonly RestOperation[];
}): Service {
  const bySpecificity = operations
    .flatMap((operation) => [operation, ...(operation.alsoAt ? [{ ...operation, ...operation.alsoAt }] : [])])
    .toSorted((a, b) => labelCount(a.path) - labelCount(b.path));
  return {
    name,
    operations: operations.map((operation) => operation.name),
    find(request) {
      for (const operation of bySpecificity) {
        const params = operation.method === request.method && pathParams(operation.path, request.path);
        if (!params) continue;
        const call = (asked: ApiRequest): RestCall => ({
          params,
          input: operation.blob ? {} : jsonBody(asked),
          query: asked.query,
          request: asked,
        });
        return {
          name: operation.name,
          needs: (asked) => operation.needs(call(asked)),
          answer: async (asked) => answered(await operation.answer(call(asked)), 'application/json'),
        };
      }
      return undefined;
    },
    errorAnswer: ({ code, status, message, members }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amz-errortype': code },
      body: JSON.stringify({ __type: code, message, Message: message, ...members }),
    }),
  };
}

function labelCount(path: string): number {
  return path.split('{').length;
}

function jsonBody({ body }: ApiRequest): JsonObject {
  if (body.length === 0) return {};
  const value = parsed(body.toString('utf8'));
  if (isJsonObject(value)) return value;
  throw new AwsError('SerializationException', 400, 'Start of structure or map found where not expected.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    throw new AwsError('SerializationException', 400, reason);
  }
}

/** Whether a value is a JSON object, and not null or a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function answered(value: unknown, contentType: string): ApiAnswer {
  if (isRawAnswer(value)) return value;
  return {
    status: 200,
    headers: { 'content-type': contentType },
    body: JSON.stringify(value ?? {}, withSeconds),
  };
}

/** Times are seconds since 1970 in AWS's JSON, and Dates in an answer that other protocols have too. */
function withSeconds(this: unknown, key: string, written: unknown): unknown {
  const value: unknown = this instanceof Object ? Reflect.get(this, key) : undefined;
  return value instanceof Date ? value.getTime() / 1000 : written;
}

function isRawAnswer(value: unknown): value is ApiAnswer {
  return typeof value === 'object' && value !== null && rawAnswers.has(value);
}
