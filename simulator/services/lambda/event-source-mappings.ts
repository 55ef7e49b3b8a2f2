import type { Account } from '../../account.ts';
import type { KinesisWork } from '../../event-sources/kinesis-mapping.ts';
import { AwsError } from '../../service.ts';
import { uuidOf } from '../../template/physical-name.ts';
import type { ForeignMapping } from '../../world/account-state.ts';

/** An event source mapping as the API shows it. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly functionArn: string;
  readonly eventSourceArn: string;
  readonly batchSize: number;
  /** Epoch milliseconds. */
  readonly changedAtMs: number;
  readonly isEnabled: boolean;
  /** The result of the last batch, in Lambda's words. Absent: Lambda does not show it, as for queues. */
  readonly lastProcessingResult?: string;
}

export interface EventSourceMappings {
  /** In the order in which they were made. */
  readonly all: () => readonly EventSourceMapping[];
  /** Throws AwsError ResourceNotFoundException. */
  readonly require: (uuid: string) => EventSourceMapping;
  /** Adds the mapping of a stack, or what has become of it. It reads if it is enabled. */
  readonly add: (mapping: NewMapping, reader?: MappingReader) => void;
  /** Undefined: nothing reads for it. */
  readonly reader: (uuid: string) => MappingReader | undefined;
  /** Stops it, too. */
  readonly remove: (uuid: string) => void;
  /** Sets the result of the last batch, of a mapping that is still there. */
  readonly setResult: (uuid: string, result: 'OK' | 'PROBLEM: Function call failed') => void;
  /**
   * Stops a mapping, or lets it go on where it stopped, like a person who disables or enables it in the
   * console. Throws AwsError ResourceNotFoundException.
   */
  readonly enable: (uuid: string, isEnabled: boolean) => void;
}

/** What reads for a mapping. */
export interface MappingReader {
  /** Goes on where it stopped. Does nothing while it runs. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Goes on with other settings from where it is. Absent: another one can take its place without a loss. */
  readonly change?: (work: KinesisWork) => void;
}

type NewMapping = Omit<EventSourceMapping, 'changedAtMs'>;

/** Source: Lambda API, CreateEventSourceMapping. */
const DEFAULT_BATCH_SIZE = 100;

export function createEventSourceMappings({
  account,
  now,
  foreign,
}: {
  account: Account;
  now: () => number;
  /** The mappings of functions that are not simulated. */
  foreign: readonly ForeignMapping[];
}): EventSourceMappings {
  const mappings = new Map<string, EventSourceMapping>();
  const readers = new Map<string, MappingReader>();

  function put(mapping: NewMapping): void {
    mappings.set(mapping.uuid, { ...mapping, changedAtMs: now() });
  }

  function require(uuid: string): EventSourceMapping {
    const found = mappings.get(uuid);
    if (found) return found;
    const message = 'The resource you requested does not exist.';
    throw new AwsError('ResourceNotFoundException', 404, message, { Type: 'User' });
  }

  function run(uuid: string, isEnabled: boolean): void {
    if (isEnabled) readers.get(uuid)?.start();
    else readers.get(uuid)?.stop();
  }

  for (const { functionName, eventSourceArn, state } of foreign) {
    const { partition, region, id } = account;
    put({
      uuid: uuidOf(`${functionName}/${eventSourceArn}`),
      functionArn: `arn:${partition}:lambda:${region}:${id}:function:${functionName}`,
      eventSourceArn,
      batchSize: DEFAULT_BATCH_SIZE,
      isEnabled: state !== 'Disabled',
      lastProcessingResult: 'No records processed',
    });
  }
  return {
    all: () => [...mappings.values()],
    require,
    add(mapping, reader) {
      put(mapping);
      if (reader) readers.set(mapping.uuid, reader);
      run(mapping.uuid, mapping.isEnabled);
    },
    reader: (uuid) => readers.get(uuid),
    remove(uuid) {
      run(uuid, false);
      readers.delete(uuid);
      mappings.delete(uuid);
    },
    setResult(uuid, lastProcessingResult) {
      const found = mappings.get(uuid);
      if (found) mappings.set(uuid, { ...found, lastProcessingResult });
    },
    enable(uuid, isEnabled) {
      put({ ...require(uuid), isEnabled });
      run(uuid, isEnabled);
    },
  };
}
