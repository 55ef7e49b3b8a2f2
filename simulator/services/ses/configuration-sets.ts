import type { Account } from '../../account.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import { notFound } from './input.ts';

export const EVENT_TYPES = [
  'SEND',
  'REJECT',
  'BOUNCE',
  'COMPLAINT',
  'DELIVERY',
  'OPEN',
  'CLICK',
  'RENDERING_FAILURE',
  'DELIVERY_DELAY',
  'SUBSCRIPTION',
] as const;

export type SesEventType = (typeof EVENT_TYPES)[number];

interface ConfigurationSet {
  readonly name: string;
  readonly sendingEnabled: boolean;
  /** What else is set, as the API writes it: `VdmOptions` and the like. It is kept and shown. */
  readonly options?: JsonObject;
  readonly destinations: EventDestination[];
}

/** Destinations of events: here always EventBridge's default bus. */
interface EventDestination {
  readonly name: string;
  readonly enabled: boolean;
  readonly events: readonly SesEventType[];
}

export interface ConfigurationSets {
  /** Throws an Error for a name that is taken. */
  readonly add: (set: { name: string; sendingEnabled?: boolean; options?: JsonObject }) => void;
  readonly all: () => readonly ConfigurationSet[];
  /** Throws AwsError NotFoundException. */
  readonly addDestination: (setName: string, destination: EventDestination) => void;
  /** With its destinations. Throws AwsError NotFoundException. */
  readonly change: (set: { name: string; sendingEnabled: boolean; options?: JsonObject }) => void;
  readonly remove: (setName: string) => void;
  /** Does nothing if there is no such set any more. */
  readonly removeDestination: (setName: string, destinationName: string) => void;
  /** Throws AwsError NotFoundException. */
  readonly require: (name: string) => ConfigurationSet;
  readonly isPublished: (setName: string | undefined, event: SesEventType) => boolean;
}

export function createConfigurationSets(): ConfigurationSets {
  const sets = new Map<string, ConfigurationSet>();

  function requireSet(name: string): ConfigurationSet {
    const set = sets.get(name);
    if (!set) throw notFound(`Configuration set <${name}> does not exist.`);
    return set;
  }

  return {
    all: () => [...sets.values()],
    add({ name, sendingEnabled = true, options = {} }) {
      if (sets.has(name)) throw new Error(`there is a configuration set ${name} already`);
      sets.set(name, { name, sendingEnabled, options, destinations: [] });
    },
    addDestination: (setName, destination) => void requireSet(setName).destinations.push(destination),
    change: (set) => void sets.set(set.name, { ...requireSet(set.name), ...set }),
    remove: (setName) => void sets.delete(setName),
    removeDestination(setName, destinationName) {
      const set = sets.get(setName);
      if (!set) return;
      const destinations = set.destinations.filter(({ name }) => name !== destinationName);
      sets.set(setName, { ...set, destinations });
    },
    require: requireSet,
    isPublished(setName, event) {
      const destinations = sets.get(setName ?? '')?.destinations ?? [];
      return destinations.some(({ enabled, events }) => enabled && events.includes(event));
    },
  };
}

/** `arn:aws:ses:us-east-1:111122223333:configuration-set/voicemail` */
export function sesArn(
  { partition, region, id }: Account,
  type: 'configuration-set' | 'identity' | 'template',
  name: string,
): string {
  return `arn:${partition}:ses:${region}:${id}:${type}/${name}`;
}
