import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
import { PLACE_OPTIONS, type PlaceOptions } from '../place.ts';

export interface VerifyOptions {
  /** Undefined: a person is asked, or, for a mail, none is needed. */
  readonly queue: string | undefined;
  /** It goes in as a whole call, and not as a recording. */
  readonly isCall: boolean;
  /** It comes out as a mail, and not as a task. */
  readonly isMail: boolean;
  /** Nothing is asked. */
  readonly isYes: boolean;
  /** What is said is one JSON value. */
  readonly isJson: boolean;
}

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseVerifyOptions(args: readonly string[]): VerifyOptions & PlaceOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PLACE_OPTIONS,
      queue: { type: 'string' },
      call: { type: 'boolean', default: false },
      mail: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { queue, call, mail, yes, json, deployment, endpoint } = values;
  const { format = json ? 'json' : 'text' } = values;
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format ${format}: there are text, json`);
  if (json && format === 'text') throw new UsageError('--json or --format text, not both');
  if (mail && queue !== undefined)
    throw new UsageError('--mail or --queue NAME, not both: the mail goes to no queue');
  return { queue, isCall: call, isMail: mail, isYes: yes, isJson: format === 'json', deployment, endpoint };
}
