import type { VoicemailConfig } from './config.ts';

/** How many messages of a queue are worked on at a time. */
export interface QueueWorkers {
  /** However few voicemails come in. Lambda takes 2 to 1,000. */
  readonly atLeast: number;
  /** How long one takes, in seconds: an estimate, as nothing of it has run on AWS. */
  readonly secondsEach: number;
}

/** What Amazon Connect lets an account start until its quota is raised: 2 tasks a second, 5 in a burst. */
export const USUAL_VOICEMAILS_PER_SECOND = 2;

/** The queues between the steps, by the function that works on each. */
export const QUEUE_WORKERS = {
  // One delivery takes about a second, most of it spent in Connect, so 2 at a time make 2 a second. More would only be
  // throttled, and come again, unless the quota is raised.
  'deliver-voicemail': { atLeast: 2, secondsEach: 1 },
  // A dozen calls of 100 to 200 ms, so 2 s for a recording of a minute or two: 20 / 2 s = 10 voicemails a second, of
  // the 25 whose jobs Transcribe lets an account start. 2,000 calls that end together are stored after 200 s, while
  // their delivery takes 1,000 s. A recording of an hour keeps one of the 20 for minutes.
  'save-recording': { atLeast: 20, secondsEach: 2 },
  // Most events find their job started. The others: 4 calls, 0.2 s: 5 / 0.2 s = 25 a second, which is how many jobs
  // Transcribe lets an account start. 250 may run, at 15 s each 16 a second; Transcribe refuses the rest, which comes
  // again.
  'start-transcription': { atLeast: 5, secondsEach: 0.2 },
  // Rare; when Transcribe is out, 2 / 0.3 s = 6 a second.
  'transcription-failed': { atLeast: 2, secondsEach: 0.3 },
} as const satisfies Record<string, QueueWorkers>;

export function voicemailsPerSecondOf({ voicemailsPerSecond }: VoicemailConfig): number {
  return voicemailsPerSecond ?? USUAL_VOICEMAILS_PER_SECOND;
}

export function workersAtOnce({ atLeast, secondsEach }: QueueWorkers, config: VoicemailConfig): number {
  return Math.max(atLeast, Math.ceil(voicemailsPerSecondOf(config) * secondsEach));
}

/** Of all queues together. */
export function allWorkersAtOnce(config: VoicemailConfig): number {
  return Object.values(QUEUE_WORKERS).reduce((sum, workers) => sum + workersAtOnce(workers, config), 0);
}
