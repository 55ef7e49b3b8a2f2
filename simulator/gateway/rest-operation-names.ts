import type { ApiRequest } from '../service.ts';
import { pathParams } from './path-template.ts';

type Asked = Pick<ApiRequest, 'method' | 'path' | 'query'>;

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Fixed parts of the query. */
  readonly query: URLSearchParams;
}

/** The models of the REST services, by signing name. They are large, and read only for the name in an error. */
const MODELS: Readonly<Record<string, () => Promise<object>>> = {
  connect: () => import('@aws-sdk/client-connect'),
  kinesisvideo: () => import('@aws-sdk/client-kinesis-video'),
  lambda: () => import('@aws-sdk/client-lambda'),
  s3: () => import('@aws-sdk/client-s3'),
  ses: () => import('@aws-sdk/client-sesv2'),
};

/** The first member of an operation's schema in the SDK. */
const OPERATION = 9;

/** How AWS calls the operation of a REST service that is not simulated. Undefined: it has none like this. */
export async function restOperationName(service: string, asked: Asked): Promise<string | undefined> {
  const model = Object.hasOwn(MODELS, service) ? MODELS[service] : undefined;
  if (!model) return undefined;
  const path = service === 's3' ? withoutBucket(asked.path) : asked.path;
  const fitting = Object.values(await model())
    .flatMap(routeIn)
    .filter((route) => fits(route, { ...asked, path }));
  return fitting.toSorted(byFixedParts)[0]?.name;
}

/** S3's model has the bucket in the host name, and a key is one label, whatever slashes are in it. */
function withoutBucket(path: string): string {
  const [, key = ''] = /^\/[^/]+\/(.+)$/.exec(path) ?? [];
  return key === '' ? '/' : '/key';
}

/** A schema is a list: kind, namespace, name, traits, input, output. */
function routeIn(schema: unknown): Route[] {
  if (!Array.isArray(schema) || schema[0] !== OPERATION) return [];
  const [, , name, traits]: unknown[] = schema;
  const http = traits instanceof Object && 'http' in traits ? traits.http : undefined;
  if (typeof name !== 'string' || !Array.isArray(http)) return [];
  const [method, uri]: unknown[] = http;
  if (typeof method !== 'string' || typeof uri !== 'string') return [];
  const [path = '', query = ''] = uri.split('?');
  return [{ name, method, path, query: new URLSearchParams(query) }];
}

/** `x-id` only repeats the name; a client that leaves it out means the same. */
function fits({ method, path, query, name }: Route, asked: Asked): boolean {
  if (method !== asked.method || (asked.query.get('x-id') ?? name) !== name) return false;
  const isThere = [...query].every(
    ([key, value]) => key === 'x-id' || (asked.query.has(key) && asked.query.get(key) === value),
  );
  return isThere && (path === asked.path || pathParams(path, asked.path) !== undefined);
}

function byFixedParts(one: Route, other: Route): number {
  const labels = ({ path }: Route) => path.split('{').length;
  const fixed = ({ query }: Route) => [...query.keys()].filter((key) => key !== 'x-id').length;
  return fixed(other) - fixed(one) || labels(one) - labels(other);
}
