import { laptopWorld, type World } from '../simulator/services/connect/world.ts';
import type { VoicemailConfig } from '../infra/config.ts';
import written from '../voicemail.config.ts';

/**
 * The simulated Connect instance that fits `voicemail.config.ts`, or the settings
 * given: its ids are the configured ones, so that a stack configured for an
 * instance of one's own runs on the laptop too.
 */
export function configuredWorld(config: VoicemailConfig = written): World {
  const world = laptopWorld();
  const [first, ...others] = world.queues;
  return laptopWorld({
    instanceArn: config.instanceArn,
    alias: config.instanceAlias,
    contactRecordStreamArn: config.contactRecordStreamArn,
    mediaStreamPrefix: config.mediaStreams.prefix,
    queues: [{ ...first, id: lastPart(config.fallbackQueueArn), name: first?.name ?? 'Billing' }, ...others],
    flows: [],
  });
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
