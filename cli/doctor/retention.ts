/** Hours: what the pipeline needs to try again, and a person to redrive what failed. */
export const LEAST_RETENTION_HOURS = 24;

export const SUFFERS_FROM_SHORT_RETENTION =
  'Callers: a recording that fails at first is gone before it can be tried again, and the agent gets a task without it.';

export function isTooShort(hours: number): boolean {
  return hours < LEAST_RETENTION_HOURS;
}

/** "No data retention" is five minutes. Source: Amazon Connect administrator guide, "Enable live media streaming". */
export function keptFor(hours: number): string {
  if (hours === 0) return 'five minutes (no data retention)';
  return `${hours} hour${hours === 1 ? '' : 's'}`;
}
