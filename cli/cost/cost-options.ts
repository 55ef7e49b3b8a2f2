import { parseArgs } from 'node:util';
import { UsageError } from '../command.ts';
import { PLACE_OPTIONS, type PlaceOptions } from '../place.ts';
import type { InstancePricing, Volume } from './model/uses.ts';

const FORMATS = ['table', 'json', 'csv'] as const;

type Format = (typeof FORMATS)[number];

/** What was paid for: the last whole month, or the last 30 days. */
export type Period = 'month' | '30d';

export interface CostOptions extends PlaceOptions {
  /** Undefined `voicemails`: it was not said. */
  readonly volume: Omit<Volume, 'voicemails'>;
  readonly voicemails: number | undefined;
  readonly pricing: InstancePricing;
  readonly format: Format;
  /** A template, in place of that of the settings. */
  readonly template: string | undefined;
  /** With a template: where it is deployed. */
  readonly region: string | undefined;
  /** A file with prices, in place of ours. */
  readonly prices: string | undefined;
  readonly isActual: boolean;
  readonly isYes: boolean;
  readonly period: Period;
  readonly stack: string | undefined;
}

export const USUAL_VOLUME: Volume = { voicemails: 1000, seconds: 45, openings: 1 };

/** The longest message of a flow is an hour. */
const LONGEST_SECONDS = 3600;
const MOST = 100_000_000;

/** Throws UsageError, or parseArgs' own TypeError. */
export function parseCostOptions(args: readonly string[]): CostOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...PLACE_OPTIONS,
      voicemails: { type: 'string' },
      seconds: { type: 'string' },
      openings: { type: 'string' },
      pricing: { type: 'string', default: 'ai' },
      format: { type: 'string' },
      json: { type: 'boolean', default: false },
      template: { type: 'string' },
      region: { type: 'string' },
      prices: { type: 'string' },
      actual: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      period: { type: 'string', default: 'month' },
      stack: { type: 'string' },
    },
  });
  const { template, region, prices, actual: isActual, yes: isYes, deployment, endpoint, stack } = values;
  if (template !== undefined && (isActual || deployment !== undefined))
    throw new UsageError('--template goes without --actual and --deployment: it is no stack of yours');
  if (region !== undefined && template === undefined)
    throw new UsageError('--region goes with --template alone: otherwise the settings say it');
  if (isYes && !isActual) throw new UsageError('--yes goes with --actual alone');
  if (values.json && values.format !== undefined && values.format !== 'json')
    throw new UsageError('--json or --format, not both');
  return {
    voicemails:
      values.voicemails === undefined ? undefined : numberIn('voicemails', values.voicemails, { most: MOST }),
    volume: {
      seconds: numberIn('seconds', values.seconds, { usual: USUAL_VOLUME.seconds, most: LONGEST_SECONDS }),
      openings: numberIn('openings', values.openings, { usual: USUAL_VOLUME.openings, most: 1000 }),
    },
    pricing: oneOf('pricing', values.pricing, ['ai', 'basic']),
    format: values.json ? 'json' : oneOf('format', values.format ?? 'table', FORMATS),
    period: oneOf('period', values.period, ['month', '30d']),
    template,
    region,
    prices,
    isActual,
    isYes,
    deployment,
    endpoint,
    stack,
  };
}

function numberIn(
  name: string,
  text: string | undefined,
  { usual = 0, most }: { readonly usual?: number; readonly most: number },
): number {
  if (text === undefined) return usual;
  const number = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && number <= most) return number;
  throw new UsageError(`--${name} ${text} is no number from 0 to ${most}`);
}

function oneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} ${text}: there are ${words.join(', ')}`);
}
