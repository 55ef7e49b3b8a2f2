/** How calls are kept to Amazon Connect's rate. */
export interface Limits {
  /** Lets so many milliseconds pass. */
  readonly wait: (ms: number) => Promise<void>;
  /** A steady clock, in milliseconds. */
  readonly clock: () => number;
}

interface Pace {
  readonly everyMs: number;
  readonly atOnce: number;
}

/**
 * Amazon Connect takes two calls a second of each operation, and five at once. Others ask too, so one a half
 * second, and two at once, is what we take. Source: Amazon Connect administrator guide, API throttling quotas.
 */
const CONNECT: Pace = { everyMs: 500, atOnce: 2 };

/** One a second. Source: Amazon SES API v2 reference, GetEmailTemplate. */
const SES_TEMPLATES: Pace = { everyMs: 1_100, atOnce: 1 };

function paceOf(permission: string): Pace | undefined {
  if (permission.startsWith('connect:')) return CONNECT;
  return permission === 'ses:GetEmailTemplate' ? SES_TEMPLATES : undefined;
}

/** Answers when the next call of an operation may go out. Most services do not hold anybody back. */
export function limited({ wait, clock }: Limits): (permission: string) => Promise<void> {
  const freeAtMs = new Map<string, number>();
  return async (permission) => {
    const pace = paceOf(permission);
    if (!pace) return;
    const nowMs = clock();
    const earliestMs = nowMs - (pace.atOnce - 1) * pace.everyMs;
    const turnMs = Math.max(freeAtMs.get(permission) ?? earliestMs, earliestMs);
    freeAtMs.set(permission, turnMs + pace.everyMs);
    if (turnMs > nowMs) await wait(turnMs - nowMs);
  };
}
