import { parseArgs } from 'node:util';
import type { AdoptOptions } from './adopt/choose-legacy.ts';
import { PLACE_OPTIONS, type PlaceOptions } from '../place.ts';

export interface DeployOptions extends PlaceOptions, AdoptOptions {
  /** Nothing is asked: what loses nothing is agreed to. */
  readonly isYes: boolean;
  /** Logical ids of resources whose loss is agreed to. */
  readonly mayLose: readonly string[];
  /** Blockers of the doctor that are passed over, by the name of the check. */
  readonly despite: readonly string[];
  /** Nobody need hear of alarms. */
  readonly isWithoutAlarmMail: boolean;
}

/** Throws parseArgs' own TypeError. */
export function parseDeployOptions(args: readonly string[]): DeployOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PLACE_OPTIONS,
      yes: { type: 'boolean', default: false },
      'yes-replace': { type: 'string', multiple: true, default: [] },
      despite: { type: 'string', multiple: true, default: [] },
      'no-alarm-mail': { type: 'boolean', default: false },
      adopt: { type: 'boolean', default: false },
      'adopt-from': { type: 'string' },
      fresh: { type: 'boolean', default: false },
    },
  });
  return {
    deployment: values.deployment,
    endpoint: values.endpoint,
    isYes: values.yes,
    mayLose: values['yes-replace'],
    despite: values.despite,
    isWithoutAlarmMail: values['no-alarm-mail'],
    isAdopting: values.adopt,
    adoptFrom: values['adopt-from'],
    isFresh: values.fresh,
  };
}
