import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';

/** What was typed; each answer that is there is not asked for. */
export interface InitOptions {
  readonly deployment: string | undefined;
  /** Alias, id or ARN. */
  readonly instance: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  /** Name or ARN. */
  readonly queue: string | undefined;
  readonly language: string | undefined;
  readonly timeZone: string | undefined;
  /** ARN. */
  readonly stream: string | undefined;
  readonly mailFrom: string | undefined;
  readonly alarmMails: readonly string[];
  /** Nothing is asked: what is suggested is taken. */
  readonly isYes: boolean;
  /** What the instance lacks is switched on. */
  readonly isFix: boolean;
  /** Settings that are there are replaced. */
  readonly isForce: boolean;
}

/** The name becomes that of a file in `deployments/`, and an argument in commands that are shown. */
const DEPLOYMENT_NAME = /^[a-z0-9][\w.-]{0,59}$/i;

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseInitOptions(args: readonly string[]): InitOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      deployment: text,
      instance: text,
      region: text,
      endpoint: text,
      queue: text,
      language: text,
      'time-zone': text,
      stream: text,
      'mail-from': text,
      'alarm-mail': { type: 'string', multiple: true, default: [] },
      yes: flag,
      fix: flag,
      force: flag,
    },
  });
  const { deployment } = values;
  if (deployment !== undefined && !DEPLOYMENT_NAME.test(deployment)) {
    throw new UsageError(
      `--deployment ${deployment} is no name: 1 to 60 letters, digits, dots, hyphens and underscores, and a letter or digit first`,
    );
  }
  return {
    deployment,
    instance: values.instance,
    region: values.region,
    endpoint: values.endpoint,
    queue: values.queue,
    language: values.language,
    timeZone: values['time-zone'],
    stream: values.stream,
    mailFrom: values['mail-from'],
    alarmMails: values['alarm-mail'],
    isYes: values.yes,
    isFix: values.fix,
    isForce: values.force,
  };
}
