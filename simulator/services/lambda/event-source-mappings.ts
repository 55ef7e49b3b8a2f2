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
  /** Adds the mapping of a stack. `running`: absent if it was never started. */
  readonly add: (mapping: NewMapping, running?: RunningMapping) => void;
  /** Undefined: it does not run. */
  readonly running: (uuid: string) => RunningMapping | undefined;
  /** Ends a mapping, for a stack that ends. */
  readonly stop: (uuid: string) => void;
  /** Stops it, too. */
  readonly remove: (uuid: string) => void;
  /** Sets the result of the last batch, of a mapping that is still there. */
  readonly setResult: (uuid: string, result: 'OK' | 'PROBLEM: Function call failed') => void;
  /**
   * Stops a mapping, like a person who disables it in the console. It cannot be enabled again here.
   * Throws AwsError ResourceNotFoundException.
   */
  readonly disable: (uuid: string) => void;
}

export interface RunningMapping {
  readonly stop: () => void;
  /** Goes on with other settings from where it is. Absent: it can be stopped and started again without a loss. */
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
  const running = new Map<string, RunningMapping>();

  function put(mapping: NewMapping): void {
    mappings.set(mapping.uuid, { ...mapping, changedAtMs: now() });
  }

  function require(uuid: string): EventSourceMapping {
    const found = mappings.get(uuid);
    if (found) return found;
    const message = 'The resource you requested does not exist.';
    throw new AwsError('ResourceNotFoundException', 404, message, { Type: 'User' });
  }

  function stop(uuid: string): void {
    running.get(uuid)?.stop();
    running.delete(uuid);
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
    add(mapping, started) {
      put(mapping);
      if (started) running.set(mapping.uuid, started);
    },
    running: (uuid) => running.get(uuid),
    stop,
    remove(uuid) {
      stop(uuid);
      mappings.delete(uuid);
    },
    setResult(uuid, lastProcessingResult) {
      const found = mappings.get(uuid);
      if (found) mappings.set(uuid, { ...found, lastProcessingResult });
    },
    disable(uuid) {
      put({ ...require(uuid), isEnabled: false });
      stop(uuid);
    },
  };
}
