import {
  behindTitle,
  deadLettersTitle,
  EMAIL_ALARMS,
  ESSENTIAL_ALARMS,
  failingTitle,
  LINK_ALARMS,
  RECORD_ALARMS,
  RETRY_ALARMS,
  SILENCE_ALARMS,
  THROTTLE_ALARMS,
  VOICEMAIL_ALARMS,
} from './impact.ts';
import { monitoringOf, type VoicemailConfig } from './config.ts';
import { DEPLOYMENTS, deploymentsOf } from './pipeline/deployments.ts';

/** The title of every alarm of the stack, with its sentence, by its `monitoring`. */
export const ALARMS: Readonly<Record<'essential' | 'full', ReadonlyMap<string, string>>> = {
  essential: alarmsWith([ESSENTIAL_ALARMS, { LinksFailed: LINK_ALARMS.LinksFailed }]),
  full: alarmsWith([VOICEMAIL_ALARMS, EMAIL_ALARMS, RETRY_ALARMS, LINK_ALARMS, THROTTLE_ALARMS]),
};

/** Those of a stack with these settings. */
export function alarmsOf(config: VoicemailConfig): ReadonlyMap<string, string> {
  const needed = deploymentsOf(config);
  const ofOthers = [...DEPLOYMENTS.keys()]
    .filter((bundle) => !needed.has(bundle))
    .flatMap((bundle) => [
      failingTitle(bundle),
      ...(bundle === 'canary' ? [SILENCE_ALARMS.canary.title] : []),
    ]);
  return new Map([...ALARMS[monitoringOf(config)]].filter(([title]) => !ofOthers.includes(title)));
}

function alarmsWith(
  some: readonly Readonly<Record<string, { readonly title: string; readonly impact: string }>>[],
): ReadonlyMap<string, string> {
  return new Map([
    ...[...DEPLOYMENTS].flatMap(([bundle, { impact, queue }]) => [
      [failingTitle(bundle), impact] as const,
      ...(queue
        ? [
            [deadLettersTitle(queue.name), queue.deadLettersImpact] as const,
            [behindTitle(queue.name), queue.backlogImpact] as const,
          ]
        : []),
    ]),
    ...[RECORD_ALARMS, SILENCE_ALARMS, ...some].flatMap((alarms) =>
      Object.values(alarms).map(({ title, impact }) => [title, impact] as const),
    ),
  ]);
}
