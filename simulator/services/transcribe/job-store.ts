import { conflict } from './errors.ts';
import type { TranscriptionJob } from './job.ts';

/** The jobs of the account, by name. AWS drops them after 90 days; these stay until the simulator stops. */
export interface JobStore {
  readonly find: (name: string) => TranscriptionJob | undefined;
  /** Throws ConflictException if there is a job of that name in any state. */
  readonly add: (job: TranscriptionJob) => void;
  /** Throws the same error, but adds nothing. */
  readonly requireFree: (name: string) => void;
  /** Replaces a state by a later one. */
  readonly replace: (job: TranscriptionJob) => void;
  readonly remove: (name: string) => void;
  /** The newest first. */
  readonly all: () => readonly TranscriptionJob[];
}

export function createJobStore(): JobStore {
  const jobs = new Map<string, TranscriptionJob>();

  function requireFree(name: string): void {
    if (jobs.has(name)) throw conflict('The requested job name already exists. Use a different job name.');
  }

  return {
    requireFree,
    find: (name) => jobs.get(name),
    add(job) {
      requireFree(job.order.name);
      jobs.set(job.order.name, job);
    },
    replace: (job) => void jobs.set(job.order.name, job),
    remove: (name) => void jobs.delete(name),
    all: () => [...jobs.values()].toReversed(),
  };
}
