import type { ClientModel } from './sdk-models.ts';
import { isList, type Plain, type Shape, type Structure } from './shape.ts';

/** What an answer has that the model does not allow, or lacks. */
export interface Breach {
  /** `Queues[].Name` */
  readonly path: string;
  readonly came: string;
  readonly allowed: string;
}

interface Place {
  readonly path: string;
  /** The type as TypeScript has it, for its enumerations. */
  readonly type: string;
  readonly model: ClientModel;
}

/** Numbers that JSON cannot write are strings. Source: Smithy, "AWS JSON 1.0 protocol". */
const NUMBER_WORDS = ['NaN', 'Infinity', '-Infinity'];

/** Services that write null where others write nothing. Source: what Kinesis Video Streams answers. */
const WRITE_NULLS = ['kinesis-video', 'kinesis-video-archived-media'];
/**
 * S3 repeats what was asked for, though it be empty; a function without a description has an empty one. Source: the API
 * references, ListObjectVersions; the AWS CLI's examples of GetFunction.
 */
const MAY_BE_EMPTY: Readonly<Record<string, readonly string[]>> = {
  // Values of a contact's attributes may be empty. Source: API reference, UpdateContactAttributes.
  connect: ['Attributes'],
  // DynamoDB's texts may be empty, but for keys.
  dynamodb: ['S'],
  lambda: ['Description'],
  s3: ['Delimiter', 'KeyMarker', 'Marker', 'Prefix', 'UploadIdMarker', 'Value', 'VersionIdMarker'],
};

/** Values that come though the model does not have them. */
const BEYOND_THE_MODEL: Readonly<Record<string, readonly string[]>> = {
  // The stack itself is among its events. Source: CloudFormation User Guide, "Stack status codes".
  ResourceStatus: ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'],
};

/** Compares an answer's value with its model. */
export function checkValue(value: unknown, shape: Shape, place: Place): readonly Breach[] {
  if (shape.kind === 'structure' || shape.kind === 'union') {
    return isRecord(value) ? checkMembers(value, shape, place) : [wrong(value, shape.name, place)];
  }
  if (shape.kind === 'list') {
    if (!isList(value)) return [wrong(value, 'a list', place)];
    const inside = { ...place, path: `${place.path}[]`, type: itemType(place.type) };
    return value.flatMap((item) => checkValue(item, shape.item(), inside));
  }
  if (shape.kind === 'map') {
    if (!isRecord(value)) return [wrong(value, 'a map', place)];
    const [key, item] = entryTypes(place.type);
    const mayBeEmpty = MAY_BE_EMPTY[place.model.client]?.includes(place.path.split('.').at(-1) ?? '');
    return Object.entries(value).flatMap(([name, one]) => [
      ...checkEnum(name, { ...place, type: key, path: `${place.path}.*` }),
      ...(one === '' && mayBeEmpty
        ? []
        : checkValue(one, shape.value(), { ...place, type: item, path: `${place.path}.${name}` })),
    ]);
  }
  if (!isPlain(value, shape.kind)) return [wrong(value, shape.kind, place)];
  return typeof value === 'string' && shape.kind === 'string' ? checkEnum(value, place) : [];
}

function checkMembers(value: Fields, shape: Structure, { path, model }: Place): readonly Breach[] {
  const types = model.typesOf(shape.name);
  const within = (member: string) => (path === '' ? member : `${path}.${member}`);
  const known = Object.entries(value).flatMap(([name, one]): readonly Breach[] => {
    if (one === null && WRITE_NULLS.includes(model.client)) return [];
    if (one === '' && MAY_BE_EMPTY[model.client]?.includes(name)) return [];
    const member = memberCalled(name, shape);
    if (!member) {
      const names = [...shape.members.keys()].join(', ');
      return [{ path: within(name), came: shown(one), allowed: `a member of ${shape.name}: ${names}` }];
    }
    return checkValue(one, member(), { path: within(name), type: types?.get(name) ?? '', model });
  });
  // An attribute of an XML element is not read.
  const missing = shape.required.filter(
    (name) => value[name] === undefined && !shape.members.get(name)?.().traits['xmlAttribute'],
  );
  return [
    ...known,
    ...missing.map((name) => ({ path: within(name), came: 'nothing', allowed: 'a value, it is required' })),
  ];
}

function memberCalled(name: string, { members }: Structure): (() => Shape) | undefined {
  return members.get(name) ?? members.values().find((member) => member().traits['jsonName'] === name);
}

function checkEnum(value: string, place: Place): readonly Breach[] {
  const values = place.model.valuesOf(place.type);
  if (!values || values.includes(value) || BEYOND_THE_MODEL[place.type]?.includes(value)) return [];
  return [wrong(value, `${place.type}: ${values.join(', ')}`, place)];
}

function isPlain(value: unknown, kind: Plain): boolean {
  if (kind === 'string') return typeof value === 'string' && value !== '';
  if (kind === 'boolean') return typeof value === 'boolean';
  if (kind === 'number') return typeof value === 'number' || NUMBER_WORDS.some((word) => word === value);
  if (kind === 'timestamp') return typeof value === 'number' || isIsoTime(value);
  if (kind === 'bytes') return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
  return kind === 'document';
}

function isIsoTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value);
}

/** `QueueSummary` of `QueueSummary[]`. */
function itemType(type: string): string {
  return type.replace(/\[\]$/, '').replaceAll(/^\(|\)$|\s\| undefined/g, '');
}

/** The types of a map's keys and values: of `Partial<Record<Name, string>>`, or `Record<string, Value>`. */
function entryTypes(type: string): readonly [string, string] {
  const [, key = '', value = ''] = /Record<(\w+), ([^>]+)>/.exec(type) ?? [];
  return [key, value];
}

function wrong(came: unknown, allowed: string, { path }: Place): Breach {
  return { path, came: shown(came), allowed };
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 120) ?? 'nothing';
}

type Fields = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
