import { AwsError } from '../service.ts';

/** The error for an invalid pattern: what is wrong, and under which path. */
export function invalidPattern(reason: string, path = ''): AwsError {
  const where = path === '' ? '' : ` (at ${path})`;
  return new AwsError(
    'InvalidEventPatternException',
    400,
    `Event pattern is not valid. Reason: ${reason}${where}`,
  );
}

/** Whether a value is a JSON object, and not null or a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as JSON, for messages. */
export function describe(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}
