import type { EventTarget } from './deliver-event.ts';

export interface EventRule {
  readonly name: string;
  /** Parsed JSON. */
  readonly eventPattern?: unknown;
  /** `rate(1 minute)` */
  readonly scheduleExpression?: string;
  /** A disabled rule is checked like any other, and then does nothing. */
  readonly enabled: boolean;
  readonly targets: readonly EventTarget[];
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The targets as the API describes them. Absent: it shows none. */
  readonly shownTargets?: readonly ShownTarget[];
}

/** A target in the answer of the API. */
interface ShownTarget {
  readonly Id: string;
  readonly Arn: string;
  readonly [member: string]: unknown;
}
