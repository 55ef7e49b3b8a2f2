import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The file with the prices that come with this version. */
export const PRICES_FILE = join(import.meta.dirname, 'prices.json');

const HOME = 'us-east-1';

const PRICE_NAMES = [
  'alarmMetric',
  'compositeAlarm',
  'connectChatMessage',
  'connectEmail',
  'connectTask',
  'connectVoiceMinute',
  'connectVoiceMinuteAi',
  'costExplorerRequest',
  'customMetric',
  'dashboardMonth',
  'dataOut',
  'dynamodbBackup',
  'dynamodbRead',
  'dynamodbStorage',
  'dynamodbWrite',
  'eventBridgeEvent',
  'kinesisPutUnit',
  'kinesisShardHour',
  'kmsKeyMonth',
  'kmsRequest',
  'kvsIn',
  'kvsOut',
  'kvsStorage',
  'lambdaGbSecondArm',
  'lambdaGbSecondX86',
  'lambdaRequest',
  'logsIn',
  'logsStorage',
  's3Deep',
  's3Flexible',
  's3Get',
  's3Instant',
  's3Put',
  's3Storage',
  's3ToDeep',
  's3ToFlexible',
  's3ToInstant',
  'secretCall',
  'secretMonth',
  'sesAttachment',
  'sesMail',
  'sqsRequest',
  'telephonyMinute',
  'transcribeMinute',
] as const;

export type PriceName = (typeof PRICE_NAMES)[number];

/** A: a price list or page of AWS, read lately. B: other pages, with their date. C: not verified. */
const CONFIDENCE = z.enum(['A', 'B', 'C']);

const PRICE = z.strictObject({
  service: z.string(),
  /** For `per` units. */
  dollars: z.number().min(0),
  per: z.int().min(1),
  unit: z.string(),
  confidence: CONFIDENCE,
  /** When it was read: a year, a month or a day. */
  asOf: z.string(),
  source: z.string(),
  /** Of a month's units, the first so many at one price, those up to the next limit at another. */
  tiers: z
    .array(z.strictObject({ upTo: z.number().exactOptional(), dollars: z.number().min(0) }))
    .exactOptional(),
});

export type Price = z.infer<typeof PRICE>;

/** Every price is known of us-east-1. Of other Regions only those that have a source, and are different. */
const EVERY_PRICE = z.record(z.enum(PRICE_NAMES), PRICE);
const PRICE_LIST = z.strictObject({
  currency: z.literal('USD'),
  regions: z.record(z.string(), z.partialRecord(z.enum(PRICE_NAMES), PRICE)),
  freeTier: z.array(z.strictObject({ service: z.string(), monthly: z.string(), confidence: CONFIDENCE })),
});

type PriceList = z.infer<typeof PRICE_LIST>;

export interface Prices {
  readonly of: (name: PriceName) => Price;
  readonly freeTier: PriceList['freeTier'];
  /** Whether some are those of us-east-1, as this Region's are not known. */
  readonly areBorrowed: boolean;
}

/** Throws ZodError or SyntaxError for a text that is no price list. */
export function pricesIn(text: string, region: string): Prices {
  const { regions, freeTier } = PRICE_LIST.parse(JSON.parse(text));
  const usual = EVERY_PRICE.parse(regions[HOME]);
  const own = regions[region] ?? {};
  return {
    of: (name) => own[name] ?? usual[name],
    freeTier,
    areBorrowed: PRICE_NAMES.some((name) => region !== HOME && own[name] === undefined),
  };
}

/** The prices that come with this version. */
export function knownPrices(region: string): Prices {
  return pricesIn(readFileSync(PRICES_FILE, 'utf8'), region);
}

/** What so many units in a month cost. */
export function dollarsFor({ dollars, per, tiers }: Price, quantity: number): number {
  if (!tiers) return (quantity / per) * dollars;
  let [sum, from] = [0, 0];
  for (const { upTo = Infinity, dollars: each } of tiers) {
    sum += (Math.max(Math.min(quantity, upTo) - from, 0) / per) * each;
    from = upTo;
  }
  return sum;
}
