import { QUEUE_WORKERS } from '../../infra/queue-workers.ts';
import { jsonText, table } from '../terminal-text.ts';
import { ASSUMED_AT_SCALE, backlogSeconds, type Load } from './load.ts';
import { quotaUses, type QuotaUse, wishFor } from './quotas.ts';

export interface Told {
  readonly load: Load;
  /** What the stack is made for: the setting. */
  readonly voicemailsPerSecond: number;
}

/** The setting for these voicemails: with the headroom, in the range that it has. */
export function settingFor({ perSecond }: Pick<Load, 'perSecond'>): number {
  return Math.min(200, Math.max(2, Math.ceil(perSecond * ASSUMED_AT_SCALE.headroom)));
}

export function scaleInWords({ load, voicemailsPerSecond }: Told): string {
  const uses = quotaUses(load);
  const [first] = uses;
  const { voicemailsPerDay, perSecond, busiestHour, seconds, taskHours, mode } = load;
  return [
    `${voicemailsPerDay} voicemails a day of ${seconds} s, ${percent(busiestHour)} of them in the busiest hour: ${shown(perSecond)} a second then.`,
    `Delivered as ${mode}${mode === 'email' ? '' : `, each task open for ${taskHours} h`}. Other calls, tasks and mails of the account come on top.`,
    '',
    ...(first === undefined ? ['No quota is used.'] : [firstInWords(first)]),
    '',
    table([
      ['QUOTA', 'NEEDED', 'BY DEFAULT', 'USED', 'MET AT A DAY', 'ASK FOR'],
      ...uses.map((use) => [
        `${use.service}: ${use.name}`,
        shown(use.needed),
        `${use.usual.toLocaleString('en-US')} ${use.unit}, ${use.of}`,
        percent(use.used),
        Math.round(use.metAtPerDay).toLocaleString('en-US'),
        askFor(use),
      ]),
    ]),
    '',
    ...settingInWords(load, voicemailsPerSecond),
    ...backlogInWords(load, voicemailsPerSecond),
    'docs/scale.md says what is reckoned with, and how certain each quota is. Nothing was asked of AWS.',
  ].join('\n');
}

function firstInWords({ service, name, used, ifMet, metAtPerDay }: QuotaUse): string {
  const at = Math.round(metAtPerDay).toLocaleString('en-US');
  return used < 1
    ? `No quota is met. The first would be ${service}, "${name}", at ${at} voicemails a day.`
    : `Met first: ${service}, "${name}", at ${at} voicemails a day. ${ifMet}`;
}

/** Half of a quota is enough for the hour before and after, and for others. */
const ENOUGH = 1 / ASSUMED_AT_SCALE.headroom;

function askFor(use: QuotaUse): string {
  if (use.used <= ENOUGH) return '-';
  const wish = wishFor(use);
  if (use.raisedBy === 'shards') return `${Math.ceil(wish / use.usual)} shards`;
  return use.raisedBy === 'fixed' ? 'cannot be raised' : wish.toLocaleString('en-US');
}

function settingInWords(load: Load, set: number): readonly string[] {
  const wanted = settingFor(load);
  if (wanted <= set) return [`voicemailsPerSecond is ${set}, which is enough.`];
  return [
    `Set voicemailsPerSecond: ${wanted} (it is ${set}) when the quotas are raised. Until then more wait in the queues.`,
  ];
}

function backlogInWords({ perSecond }: Load, set: number): readonly string[] {
  const rate = set / QUEUE_WORKERS['deliver-voicemail'].secondsEach;
  const after = backlogSeconds(1000, rate, perSecond);
  return [
    after === Infinity
      ? `At ${set} deliveries a second the busiest hour never catches up: what comes in then waits until it is over.`
      : `1,000 that wait after an outage are delivered in ${minutes(after)}, while as many come in as in the busiest hour.`,
  ];
}

export function scaleForMachines({ load, voicemailsPerSecond }: Told): string {
  const { calls, ...expected } = load;
  return jsonText({
    ...expected,
    callsPerSecond: calls,
    quotas: quotaUses(load).map((use) => ({ ...use, askFor: use.used <= ENOUGH ? null : wishFor(use) })),
    voicemailsPerSecond: { is: voicemailsPerSecond, enough: settingFor(load) },
    assumed: ASSUMED_AT_SCALE,
  });
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

export function shown(amount: number): string {
  return amount < 10
    ? String(Number(amount.toPrecision(2)))
    : Math.ceil(amount).toLocaleString('en-US', { useGrouping: true });
}

export function percent(part: number): string {
  const hundred = part * 100;
  return hundred < 1 ? '<1 %' : `${Math.round(hundred).toLocaleString('en-US')} %`;
}
