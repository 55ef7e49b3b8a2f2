import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
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
  /** The name of the queue that gets a test voicemail, then. Absent: that of the settings, if there is one. */
  readonly testQueue: string | undefined;
  /** No test voicemail is sent. */
  readonly isWithoutTest: boolean;
}

const NONE: string[] = [];

/** For parseArgs: the options of every command that deploys. */
export const DEPLOY_OPTIONS = {
  ...PLACE_OPTIONS,
  yes: { type: 'boolean', default: false },
  'yes-replace': { type: 'string', multiple: true, default: NONE },
  despite: { type: 'string', multiple: true, default: NONE },
  'no-alarm-mail': { type: 'boolean', default: false },
  'test-queue': { type: 'string' },
  'no-verify': { type: 'boolean', default: false },
} as const;

/** For parseArgs: what only a deployment that may be the first one has. */
const FIRST_OPTIONS = {
  adopt: { type: 'boolean', default: false },
  'adopt-from': { type: 'string' },
  fresh: { type: 'boolean', default: false },
} as const;

/** What parseArgs makes of them. */
interface DeployValues extends PlaceOptions {
  readonly yes: boolean;
  readonly 'yes-replace': readonly string[];
  readonly despite: readonly string[];
  readonly 'no-alarm-mail': boolean;
  readonly 'test-queue'?: string | undefined;
  readonly 'no-verify': boolean;
}

/** Throws parseArgs' own TypeError, and UsageError. */
export function parseDeployOptions(args: readonly string[]): DeployOptions {
  const { values } = parseArgs({ args: [...args], options: { ...DEPLOY_OPTIONS, ...FIRST_OPTIONS } });
  return {
    ...deployOptionsOf(values),
    isAdopting: values.adopt,
    adoptFrom: values['adopt-from'],
    isFresh: values.fresh,
  };
}

/** Of a stack that is there: it adopts nothing. Throws UsageError. */
export function deployOptionsOf(values: DeployValues): DeployOptions {
  if (values['no-verify'] && values['test-queue'] !== undefined)
    throw new UsageError('--test-queue and --no-verify contradict each other');
  return {
    deployment: values.deployment,
    endpoint: values.endpoint,
    isYes: values.yes,
    mayLose: values['yes-replace'],
    despite: values.despite,
    isWithoutAlarmMail: values['no-alarm-mail'],
    testQueue: values['test-queue'],
    isWithoutTest: values['no-verify'],
    isAdopting: false,
    adoptFrom: undefined,
    isFresh: false,
  };
}
