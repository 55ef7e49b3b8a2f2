import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../../gateway/protocols.ts';
import { invalidParameter } from '../input.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const USUAL_EXPIRY_MS = 7 * DAY_MS;
const LONGEST_EXPIRY_MS = 90 * DAY_MS;

/** The `SegmentAttributes` of a request; `{}` if there are none. */
export function segmentAttributesOf({ SegmentAttributes: value }: JsonObject): JsonObject {
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) throw invalidParameter('SegmentAttributes must be a map.');
  return value;
}

const Expiry = z.looseObject({
  'connect:ContactExpiry': z
    .strictObject({
      ValueMap: z.strictObject({ ExpiryDuration: z.strictObject({ ValueInteger: z.int() }) }),
    })
    .optional(),
});

/**
 * How long a task lives: seven days, or the minutes of `connect:ContactExpiry`, 90 days at most.
 *
 * Not known: which of the two exceptions an expiry over the limit has.
 */
export function readExpiryMs(segmentAttributes: unknown): number {
  const parsed = Expiry.safeParse(segmentAttributes);
  if (!parsed.success) throw invalidParameter('connect:ContactExpiry must have ExpiryDuration, an integer.');
  const minutes = parsed.data['connect:ContactExpiry']?.ValueMap.ExpiryDuration.ValueInteger;
  if (minutes === undefined) return USUAL_EXPIRY_MS;
  if (minutes < 1 || minutes * MINUTE_MS > LONGEST_EXPIRY_MS)
    throw invalidParameter('connect:ContactExpiry must be 1 minute to 90 days.');
  return minutes * MINUTE_MS;
}
