import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import type { TableSettings } from './parts.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 35;
/** Source: DynamoDB API reference, PointInTimeRecoveryDescription: usually five minutes before now. */
const BEHIND_MS = 5 * 60_000;

interface Window {
  readonly days: number;
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The times to which a table can be restored. Undefined: point-in-time recovery is off. */
export function recoveryWindow(settings: TableSettings | undefined, nowMs: number): Window | undefined {
  const { PointInTimeRecoverySpecification: asked } = settings?.properties ?? {};
  if (!isJsonObject(asked) || String(asked['PointInTimeRecoveryEnabled']) !== 'true') return undefined;
  const days = Number(asked['RecoveryPeriodInDays'] ?? USUAL_DAYS);
  const sinceMs = settings?.recoverableSinceMs ?? settings?.madeMs ?? nowMs;
  const earliestMs = Math.max(sinceMs, nowMs - days * DAY_MS);
  return { days, earliestMs, latestMs: Math.max(earliestMs, nowMs - BEHIND_MS) };
}

/** `ContinuousBackupsDescription` of a table. */
export function describeRecovery(settings: TableSettings | undefined, nowMs: number) {
  const window = recoveryWindow(settings, nowMs);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: window
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          RecoveryPeriodInDays: window.days,
          EarliestRestorableDateTime: new Date(window.earliestMs),
          LatestRestorableDateTime: new Date(window.latestMs),
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' },
  };
}

/** `TimeToLiveDescription` of a table. */
export function describeTimeToLiveOf(settings: TableSettings | undefined): JsonObject {
  const { TimeToLiveSpecification: asked } = settings?.properties ?? {};
  return isJsonObject(asked) && String(asked['Enabled']) === 'true'
    ? { TimeToLiveStatus: 'ENABLED', AttributeName: asked['AttributeName'] }
    : { TimeToLiveStatus: 'DISABLED' };
}
