import type { StackEvent } from '../aws/stack-events.ts';

/** One resource that CloudFormation has come to something with. */
export interface DeploymentEvent extends Pick<StackEvent, 'logicalId' | 'type' | 'status' | 'reason'> {
  /** How many of how many resources are done. `total` is undefined if it is not known. */
  readonly done: number;
  readonly total: number | undefined;
}

/** A line for an event that a person wants to see. Undefined for the others: that a resource has begun, say. */
export function progressLine(event: DeploymentEvent, elapsedMs: number): string | undefined {
  const { status, logicalId, type, reason, done, total } = event;
  if (!/_(COMPLETE|FAILED|SKIPPED)$|ROLLBACK/.test(status)) return undefined;
  const count = total === undefined ? '' : ` ${done}/${total}`;
  const why = reason === undefined || !/FAILED|ROLLBACK/.test(status) ? '' : `: ${reason}`;
  return `  ${clockTime(elapsedMs)}${count}  ${status.padEnd(18)}  ${type}  ${logicalId}${why}`;
}

/** `2:05` */
export function clockTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
