import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { operationShape, shapeOf, type Shape } from './shape.ts';

/** The clients of each service, by the service's signing name. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  ce: ['cost-explorer'],
  cloudformation: ['cloudformation'],
  connect: ['connect'],
  dynamodb: ['dynamodb'],
  events: ['eventbridge'],
  iam: ['iam'],
  kinesis: ['kinesis'],
  kinesisvideo: ['kinesis-video', 'kinesis-video-archived-media', 'kinesis-video-media'],
  kms: ['kms'],
  lambda: ['lambda'],
  logs: ['cloudwatch-logs'],
  monitoring: ['cloudwatch'],
  profile: ['customer-profiles'],
  s3: ['s3'],
  secretsmanager: ['secrets-manager'],
  servicequotas: ['service-quotas'],
  ses: ['sesv2'],
  sns: ['sns'],
  sqs: ['sqs'],
  ssm: ['ssm'],
  sts: ['sts'],
  transcribe: ['transcribe'],
};

/** What an SDK client's package says of its service. */
export interface ClientModel {
  /** `connect` of `@aws-sdk/client-connect`. */
  readonly client: string;
  readonly version: string;
  /** `json`: AWS JSON 1.0 or 1.1, where everything is in the body. */
  readonly protocol: 'json' | 'query' | 'rest';
  /** Undefined: there is no such operation. */
  readonly operation: (name: string) => ReturnType<typeof operationShape>;
  readonly operations: () => readonly string[];
  /** The errors of an operation, by the code that goes over the wire. */
  readonly errorsOf: (operation: string) => ReadonlyMap<string, number>;
  /** The members of a structure with their types as TypeScript has them. Undefined: none of this name. */
  readonly typesOf: (structure: string) => ReadonlyMap<string, string> | undefined;
  /** Undefined: no such enumeration. */
  readonly valuesOf: (enumeration: string) => readonly string[] | undefined;
  readonly enumerations: () => readonly string[];
}

const require = createRequire(import.meta.url);
const loaded = new Map<string, ClientModel | undefined>();

/** The models of a service. None if its client is not among the installed packages. */
export function modelsOf(service: string): readonly ClientModel[] {
  const clients = CLIENTS[service];
  if (!clients) throw new Error(`simulator/models/sdk-models.ts does not say which client asks ${service}`);
  return clients.flatMap((client) => clientModel(client) ?? []);
}

/** Undefined: the package is not installed. */
export function clientModel(client: string): ClientModel | undefined {
  if (!loaded.has(client)) loaded.set(client, readModel(client));
  return loaded.get(client);
}

function readModel(client: string): ClientModel | undefined {
  const packageFile = resolvedFile(`@aws-sdk/client-${client}/package.json`);
  if (packageFile === undefined) return undefined;
  const { version }: { version: string } = require(packageFile);
  const exported: Readonly<Record<string, unknown>> = require(`@aws-sdk/client-${client}`);
  const types = join(dirname(packageFile), 'dist-types');
  let declarations: string | undefined;
  const source = () => (declarations ??= declarationsIn(join(types, 'models')));
  const typesOf = remembered((name: string) => membersOf(source(), name) ?? membersOf(source(), `_${name}`));
  return {
    client,
    version,
    protocol: protocolOf(client),
    operation: remembered((name: string) => operationShape(exported[`${name}$`])),
    operations: () => Object.keys(exported).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []),
    errorsOf: remembered((operation: string) => {
      const file = join(types, 'commands', `${operation}Command.d.ts`);
      const names = [...readFileSync(file, 'utf8').matchAll(/@throws \{@link (\w+)\}/g)];
      return new Map(
        names.flatMap(([, name]) => {
          const schema = exported[`${name}$`];
          return schema === undefined ? [] : wireCodes(shapeOf(schema), String(name));
        }),
      );
    }),
    typesOf,
    valuesOf: remembered((name: string) => enumValues(source(), name)),
    enumerations: () =>
      [...source().matchAll(/^export declare const (\w+): \{/gm)].map(([, name = '']) => name),
  };
}

/** The settings of a client name the class of its protocol. */
function protocolOf(client: string): ClientModel['protocol'] {
  const settings = readFileSync(
    require.resolve(`@aws-sdk/client-${client}/dist-es/runtimeConfig.shared.js`),
    'utf8',
  );
  if (settings.includes('AwsJson')) return 'json';
  return settings.includes('AwsQuery') ? 'query' : 'rest';
}

/** An error goes by its own name, and in the query protocol by another one. */
function wireCodes({ traits }: Shape, name: string): readonly (readonly [string, number])[] {
  const { httpError, error, awsQueryError } = traits;
  // The type that a client's errors have in common is not one that comes.
  if (error === undefined) return [];
  const [queryCode, queryStatus] = Array.isArray(awsQueryError) ? awsQueryError.map(String) : [];
  const status = Number(httpError ?? queryStatus ?? (error === 'server' ? 500 : 400));
  return [[name, status], ...(queryCode === undefined ? [] : [[queryCode, status] as const])];
}

/** All declarations of a client's types, in one text. */
function declarationsIn(folder: string): string {
  const files = readdirSync(folder).filter((file) => /^(models_\d+|enums)\.d\.ts$/.test(file));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

function membersOf(source: string, name: string): ReadonlyMap<string, string> | undefined {
  const body = blockAfter(source, `export interface ${name} `);
  if (body === undefined) return undefined;
  const members = body.matchAll(/^ {4}(\w+)\??: ([^;]+);$/gm);
  return new Map(
    [...members].map(([, member = '', type = '']) => [member, type.replace(' | undefined', '')]),
  );
}

function enumValues(source: string, name: string): readonly string[] | undefined {
  const body = blockAfter(source, `export declare const ${name}: `);
  return body === undefined ? undefined : [...body.matchAll(/: "([^"]*)";/g)].map(([, value = '']) => value);
}

/** The text between a declaration's braces. */
function blockAfter(source: string, declaration: string): string | undefined {
  const start = source.indexOf(declaration);
  return start < 0 ? undefined : source.slice(start, source.indexOf('\n}', start));
}

function resolvedFile(path: string): string | undefined {
  try {
    return require.resolve(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function remembered<Value>(make: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, { value: Value }>();
  return (name) => {
    const found = known.get(name) ?? { value: make(name) };
    known.set(name, found);
    return found.value;
  };
}
