import type { FollowUpEvent } from '../../src/domain/follow-up.ts';

/** `taken by ana.ruiz, by task`; an event of a later version by its raw kind. */
export function eventInWords({ kind, at, by, to, outcome, note }: FollowUpEvent): string {
  return [
    kind,
    ...(to === undefined ? [] : [`to ${lastOf(to)}`]),
    ...(by === undefined ? [] : [`by ${lastOf(by)}`]),
    `(${at})`,
    ...(outcome === undefined ? [] : [`: ${outcome}`]),
    ...(note === undefined ? [] : [`"${note}"`]),
  ]
    .join(' ')
    .replace(' :', ':');
}

/** The name or id at the end of an ARN. */
function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
