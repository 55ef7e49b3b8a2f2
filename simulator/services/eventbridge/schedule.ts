import { AwsError } from '../../service.ts';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The period of a schedule expression, in milliseconds: `rate(1 minute)`, `rate(5 minutes)`. The unit is
 * singular for 1 and plural for more, as AWS requires.
 *
 * Throws AwsError ValidationException if it is not a schedule expression, and an Error for `cron(...)`,
 * which is not simulated. Source: EventBridge user guide, "Setting a schedule pattern".
 */
export function schedulePeriodMs(expression: string): number {
  if (expression.startsWith('cron(')) throw new Error(`Schedules by cron are not simulated: ${expression}`);

  const [, digits, unit = '', plural] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (digits === '1') === (plural === 's')) {
    throw new AwsError('ValidationException', 400, 'Parameter ScheduleExpression is not valid.');
  }
  return Number(digits) * unitMs;
}
