import { NormalizedSchema } from '@smithy/core/schema';
import { z } from 'zod';

/** What the AWS CLI would ask of AWS for one command. */
export interface ApiCall {
  /** As the CLI calls it: `s3api`. */
  readonly service: string;
  /** As the API calls it: `ListObjectVersions`. */
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A client's package, as `import('@aws-sdk/client-…')` answers it. */
export type ClientPackage = Readonly<Record<string, unknown>>;

/** A command's schema: its kind, namespace, name, traits, input and output. */
const COMMAND = z.object({
  schema: z.tuple([z.unknown(), z.unknown(), z.unknown(), z.unknown(), z.custom<SchemaRef>(), z.unknown()]),
});

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** What `aws SERVICE wait NAME` asks for. */
const WAITERS: Readonly<Record<string, string>> = { 'table-exists': 'DescribeTable' };
/** Options of the CLI itself: they change where a command goes or what is printed of its answer. */
const OF_THE_CLI = [
  '--output',
  '--query',
  '--region',
  '--profile',
  '--max-items',
  '--page-size',
  '--endpoint-url',
];
const SWITCHES_OF_THE_CLI = ['--no-cli-pager', '--no-paginate'];

/**
 * The call that a command means, with its options as members of the operation's input: by the SDK's own schema, as
 * the CLI does it by botocore's. `words` begin with `aws`; `readText` reads what `file://` names.
 *
 * Throws an Error that names what is not known: the operation, an option, a value that does not fit.
 */
export function apiCall(
  words: readonly string[],
  from: ClientPackage,
  readText: (file: string) => string,
): ApiCall {
  const [, service = '', ...rest] = words;
  const isWait = rest[0] === 'wait';
  const [command = '', ...options] = isWait ? [WAITERS[rest[1] ?? ''] ?? '', ...rest.slice(2)] : rest;
  const operation = operationNamed(command, from);
  if (!operation) throw new Error(`the SDK's ${service} has no operation ${command || rest.join(' ')}`);
  const members = membersOf(operation, from);
  const input: Record<string, unknown> = {};
  for (const { name, values } of optionsIn(options)) {
    if (OF_THE_CLI.includes(name) || SWITCHES_OF_THE_CLI.includes(name)) continue;
    const found = memberOf(name, members);
    if (!found) throw new Error(`${operation} has no option ${name}`);
    input[found.member] = found.isNo ? false : valueOf(found.schema, values, readText);
  }
  return { service, operation, input };
}

function operationNamed(command: string, from: ClientPackage): string | undefined {
  return Object.keys(from)
    .filter((name) => name.endsWith('Command'))
    .map((name) => name.slice(0, -'Command'.length))
    .find((name) => plain(name) === plain(command));
}

/** `ListObjectsV2` and `list-objects-v2` alike. */
function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase();
}

function membersOf(operation: string, from: ClientPackage): ReadonlyMap<string, NormalizedSchema> {
  const Command = from[`${operation}Command`];
  if (typeof Command !== 'function') throw new Error(`no ${operation}Command`);
  const { schema } = COMMAND.parse(Reflect.construct(Command, [{}]));
  return new Map(NormalizedSchema.of(schema[4]).structIterator());
}

function memberOf(option: string, members: ReadonlyMap<string, NormalizedSchema>) {
  for (const [member, schema] of members) {
    if (plain(option) === plain(member)) return { member, schema, isNo: false };
    if (plain(option) === plain(`no-${member}`)) return { member, schema, isNo: true };
  }
  return undefined;
}

/** Words without an option before them name files to write the answer to. */
function optionsIn(words: readonly string[]) {
  const options: { readonly name: string; readonly values: string[] }[] = [];
  for (const word of words) {
    if (word.startsWith('--')) options.push({ name: word, values: [] });
    else options.at(-1)?.values.push(word);
  }
  return options;
}

function valueOf(
  schema: NormalizedSchema,
  values: readonly string[],
  readText: (file: string) => string,
): unknown {
  const [first = ''] = values;
  if (schema.isBooleanSchema()) return first !== 'false';
  const text = first.replace(/^fileb?:\/\/(.*)$/, (_, file: string) => readText(file));
  if (schema.isBlobSchema()) return Buffer.from(text);
  if (schema.isTimestampSchema()) return new Date(/^\d+$/.test(text) ? Number(text) * 1000 : text);
  if (schema.isNumericSchema() || schema.isBigIntegerSchema()) return Number(text);
  if (schema.isStringSchema()) return text;
  if (/^[[{]/.test(text)) return withDates(schema, JSON.parse(text));
  if (!schema.isListSchema()) return shorthand(schema, text);
  const items = values.length === 1 && !schema.getValueSchema().isStructSchema() ? first.split(',') : values;
  return items.map((item) => valueOf(schema.getValueSchema(), [item], readText));
}

/** `Enabled=true,AttributeName=expiresAt`, and lists as the last value: `name=a,values=b,c`. */
function shorthand(schema: NormalizedSchema, text: string): unknown {
  const pairs: [string, string][] = [];
  for (const part of text.split(',')) {
    const [name = '', ...value] = part.split('=');
    const last = pairs.at(-1);
    if (value.length > 0) pairs.push([name, value.join('=')]);
    else if (last) last[1] += `,${part}`;
    else throw new Error(`${text} is no list of name=value`);
  }
  const entries = pairs.map(([name, value]) => {
    const member = schema.isStructSchema() ? schema.getMemberSchema(name) : schema.getValueSchema();
    return [name, valueOf(member, [value], () => '')];
  });
  return Object.fromEntries(entries);
}

/** JSON has texts and numbers where the SDK takes dates. */
function withDates(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isTimestampSchema()) return new Date(typeof value === 'number' ? value * 1000 : String(value));
  if (Array.isArray(value)) return value.map((item) => withDates(schema.getValueSchema(), item));
  if (typeof value !== 'object' || value === null || schema.isDocumentSchema()) return value;
  const entries = Object.entries(value).map(([name, inner]) => {
    const member = schema.isStructSchema() ? schema.getMemberSchema(name) : schema.getValueSchema();
    return [name, withDates(member, inner)];
  });
  return Object.fromEntries(entries);
}
