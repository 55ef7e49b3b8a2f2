import { busArn } from './input.ts';
import type { EventBridgeParts } from './parts.ts';

/** The default bus, as the API describes it. */
export function shownBus({ account, startedMs }: EventBridgeParts) {
  const seconds = startedMs / 1000;
  return { Name: 'default', Arn: busArn(account), CreationTime: seconds, LastModifiedTime: seconds };
}
