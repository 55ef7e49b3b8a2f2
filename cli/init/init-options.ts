import { parseArgs } from 'node:util';

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

/** Throws parseArgs' own TypeError. */
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
  return {
    deployment: values.deployment,
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
