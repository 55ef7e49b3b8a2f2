import {
  behindTitle,
  deadLettersTitle,
  EMAIL_ALARMS,
  failingTitle,
  LINK_ALARMS,
  RECORD_ALARMS,
  RETRY_ALARMS,
  SILENCE_ALARMS,
  THROTTLE_ALARMS,
  VOICEMAIL_ALARMS,
} from './impact.ts';
import { DEPLOYMENTS } from './pipeline/deployments.ts';

/** The title of every alarm of the stack, with its sentence. */
export const ALARMS: ReadonlyMap<string, string> = new Map([
  ...[...DEPLOYMENTS].flatMap(([bundle, { impact, queue }]) => [
    [failingTitle(bundle), impact] as const,
    ...(queue
      ? [
          [deadLettersTitle(queue.name), queue.deadLettersImpact] as const,
          [behindTitle(queue.name), queue.backlogImpact] as const,
        ]
      : []),
  ]),
  ...[
    RECORD_ALARMS,
    VOICEMAIL_ALARMS,
    EMAIL_ALARMS,
    RETRY_ALARMS,
    LINK_ALARMS,
    THROTTLE_ALARMS,
    SILENCE_ALARMS,
  ].flatMap((alarms) => Object.values(alarms).map(({ title, impact }) => [title, impact] as const)),
]);
