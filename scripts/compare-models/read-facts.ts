import { globSync, readFileSync } from 'node:fs';
import { type ClientModel, clientModel } from '../../simulator/models/sdk-models.ts';
import type { Facts } from './compare-facts.ts';

/** What docs/amazon-connect.md rests on, and the entry there that says so. */
const ENTRIES: Readonly<Record<string, string>> = {
  'connect ContactInitiationMethod': 'CTR-11',
  'connect Channel': 'CTR-12',
  'connect ParticipantType': 'CTR-13',
  'connect ReferenceType': 'TASK-4',
  'connect StartTaskContactRequest': 'TASK-8',
  'connect ContactState': 'TASK-11',
  'connect QueueType': 'WHO-4',
  'connect InstanceStorageResourceType': 'WHO-7',
  'connect RecordingInfo': 'CTR-6',
  'transcribe LanguageCode': 'JOB-8',
};

/** `const { … } from '@aws-sdk/client-connect'` */
const IMPORTED = /import (?:type )?\{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g;

/** The entry of docs/amazon-connect.md that rests on a fact. */
export function entryOf(fact: string): string | undefined {
  return ENTRIES[fact];
}

/** What the installed clients say of all this, and of each operation that the product asks for. */
export function readFacts(): { readonly versions: Facts<string>; readonly facts: Facts<readonly string[]> } {
  const asked = operationsAsked();
  const named = Object.keys(ENTRIES).map((fact) => fact.split(' '));
  const clients = new Set([...named.map(([client = '']) => client), ...asked.keys()]);
  const models = [...clients].toSorted().map(installed);

  const facts = models.flatMap((model): (readonly [string, readonly string[]])[] => [
    [`${model.client} operations`, [String(model.operations().length)]],
    ...named
      .filter(([client]) => client === model.client)
      .map(([client, name = '']) => [`${client} ${name}`, declared(model, name)] as const),
    ...[...(asked.get(model.client) ?? [])].toSorted().flatMap((operation) => ofOperation(model, operation)),
  ]);
  return {
    versions: Object.fromEntries(models.map(({ client, version }) => [client, version])),
    facts: Object.fromEntries(facts),
  };
}

/** The operations that the product asks for, by client. */
function operationsAsked(): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>();
  for (const file of globSync('src/**/*.ts').filter((name) => !name.endsWith('.test.ts'))) {
    for (const [, names = '', client = ''] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
      const operations = [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name = '']) => name);
      asked.set(client, new Set([...(asked.get(client) ?? []), ...operations]));
    }
  }
  return asked;
}

function installed(client: string): ClientModel {
  const model = clientModel(client);
  if (!model) throw new Error(`@aws-sdk/client-${client} is not installed`);
  return model;
}

/** The values of an enumeration, or the members of a structure with their types. */
function declared(model: ClientModel, name: string): readonly string[] {
  const members = [...(model.typesOf(name) ?? [])].map(([member, type]) => `${member}: ${type}`);
  return model.valuesOf(name)?.toSorted() ?? members;
}

function ofOperation(model: ClientModel, name: string): readonly (readonly [string, readonly string[]])[] {
  const operation = model.operation(name);
  if (!operation) return [[`${model.client} ${name}`, []]];
  const membersOf = (shape: ReturnType<typeof operation.input>) =>
    shape.kind === 'structure'
      ? [...shape.members.keys()].map((member) =>
          shape.required.includes(member) ? `${member} (required)` : member,
        )
      : [];
  const errors = [...model.errorsOf(name)].map(([code, status]) => `${code} ${status}`);
  return [
    [`${model.client} ${name} takes`, membersOf(operation.input())],
    [`${model.client} ${name} answers`, membersOf(operation.output())],
    [`${model.client} ${name} refuses with`, errors],
  ];
}
