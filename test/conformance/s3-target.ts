import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import type { EventBridgeEvent } from '../../simulator/services/eventbridge/event.ts';
import type { BucketSettings } from '../../simulator/services/s3/bucket.ts';
import { createS3 } from '../../simulator/services/s3/s3.ts';
import { startTarget, type Target } from './setup.ts';

/** The SDK warns on the console about empty and failed uploads, which are intended here. */
export const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

interface S3Target extends Target {
  /** Versioned, with EventBridge on. In AWS it must be there; CONFORMANCE_BUCKET names it. */
  readonly Bucket: string;
  /** The simulator's time. */
  readonly clock: Clock;
  /** The simulator's events so far. */
  readonly events: readonly EventBridgeEvent[];
}

/** A bucket to test against. */
export async function startS3Target(settings: BucketSettings = {}): Promise<S3Target> {
  const Bucket = process.env['CONFORMANCE_BUCKET'] ?? 'conformance';
  const folder = mkdtempSync(join(tmpdir(), 'conformance-s3-'));
  const surroundings = { clock: createClock('real'), happenings: createHappenings() };
  const events: EventBridgeEvent[] = [];
  const s3 = createS3({ ...surroundings, folder, onEvent: (event) => events.push(event) });
  s3.createBucket({ name: Bucket, versioned: true, eventBridge: true, settings });

  const target = await startTarget([s3.service], surroundings);
  return {
    ...target,
    Bucket,
    clock: surroundings.clock,
    events,
    async close() {
      await target.close();
      rmSync(folder, { recursive: true });
    },
  };
}
