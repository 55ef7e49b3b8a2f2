import { parseArgs } from 'node:util';
import { PLACE_OPTIONS, type PlaceOptions } from '../place.ts';

export interface UninstallOptions extends PlaceOptions {
  /** The name of the stack, which agrees to its deletion. Absent: a person is asked. */
  readonly agreedName: string | undefined;
  /** What waits in queues, or is on its way, need not be delivered. */
  readonly mayLoseWaiting: boolean;
  /** The name of the stack, which agrees to the deletion of what is kept. Absent: a person is asked. */
  readonly deleteDataOf: string | undefined;
  /** Which of several removed stacks: its id, or the name of one of its buckets. */
  readonly dataOf: string | undefined;
}

/** Throws parseArgs' own TypeError. */
export function parseUninstallOptions(args: readonly string[]): UninstallOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PLACE_OPTIONS,
      yes: { type: 'string' },
      'lose-waiting': { type: 'boolean', default: false },
      'delete-data': { type: 'string' },
      'data-of': { type: 'string' },
    },
  });
  return {
    deployment: values.deployment,
    endpoint: values.endpoint,
    agreedName: values.yes,
    mayLoseWaiting: values['lose-waiting'],
    deleteDataOf: values['delete-data'],
    dataOf: values['data-of'],
  };
}
