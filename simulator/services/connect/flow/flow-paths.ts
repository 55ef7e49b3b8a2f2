import { isJsonObject } from '../../../gateway/protocols.ts';
import type { Contact } from '../contacts/contact.ts';
import { arnIn, type User, type World } from '../world.ts';
import { contactData } from './contact-data.ts';
import type { FlowScope } from './flow-scope.ts';

/** Replaces the `$.…` in an action's parameters by their current values. */
export interface FlowPaths {
  /** A mixture of words and paths. A path without a value becomes empty. */
  readonly text: (template: string) => string;
  /** Words, or exactly one path; undefined if the path has no value, or an empty one. */
  readonly single: (value: string) => string | undefined;
  /** Every text in a structure; a text that is exactly one path becomes its value, or `''`. */
  readonly deep: (value: unknown) => unknown;
}

/** What the paths read from. */
export interface PathSubject {
  readonly contact: Contact;
  readonly agent: User | undefined;
  readonly scope: FlowScope;
  readonly world: World;
}

/**
 * `$.Queue.Name`, `$['Attributes']['my key']`. A dot or hyphen at the end of a
 * sentence is not part of it.
 */
const PATH = /\$(?:\.[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*|\['[^']*'\]|\["[^"]*"\]|\[\d+\])+/gu;
const STEP = /\.([\p{L}\p{N}_-]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]/gu;

/** Source: Amazon Connect administrator guide, "Contact attributes", and its flow language. */
export function flowPaths(subject: PathSubject): FlowPaths {
  const read = (path: string): unknown =>
    stepsOf(path).reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? Reflect.get(value, step)
          : undefined,
      roots(subject),
    );
  const text = (template: string) => template.replaceAll(PATH, (path) => textOf(read(path)));

  function deep(value: unknown): unknown {
    if (typeof value === 'string') return isPath(value) ? (read(value) ?? '') : text(value);
    if (Array.isArray(value)) return value.map(deep);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, deep(member)]));
  }

  return {
    text,
    deep,
    single: (value) => (isPath(value) ? textOf(read(value)) || undefined : value),
  };
}

function roots({ contact, agent, scope, world }: PathSubject): Readonly<Record<string, unknown>> {
  const known = contactData(contact, world);
  return {
    ...known,
    SegmentAttributes: plainSegmentAttributes(known['SegmentAttributes']),
    Agent: agent && {
      UserName: agent.username,
      FirstName: agent.firstName,
      LastName: agent.lastName,
      ARN: arnIn(world, 'agent', agent.id),
    },
    FlowAttributes: Object.fromEntries(scope.flowAttributes),
    External: scope.external,
    StoredCustomerInput: scope.storedInput,
    Metrics: scope.metrics,
    Views: scope.views,
    Task: { ContactId: scope.taskContactId },
    TextToSpeechVoiceId: contact.settings.voiceId,
  };
}

/** A path gives the value itself; the contact stores `{ ValueString: … }`. */
function plainSegmentAttributes(given: unknown): unknown {
  if (!isJsonObject(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      isJsonObject(value) ? Object.values(value)[0] : value,
    ]),
  );
}

function isPath(value: string): boolean {
  return value.match(PATH)?.[0] === value;
}

function stepsOf(path: string): readonly string[] {
  return [...path.matchAll(STEP)].map(
    ([, dotted, quoted, doubleQuoted, index]) => dotted ?? quoted ?? doubleQuoted ?? index ?? '',
  );
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
