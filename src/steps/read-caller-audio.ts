import { type AudioPlacement, audioTimeline, seamOf } from '../domain/audio/audio-timeline.ts';
import { type AudioBlocks, NO_AUDIO_BLOCKS } from '../domain/audio/audio-blocks.ts';
import { fragmentQueue, type FragmentQueue, voiceOf } from '../domain/audio/caller-audio.ts';
import { PermanentError, RetryableError } from '../domain/errors.ts';
import { type Fragment, type FragmentError, fragmentsIn } from '../domain/audio/kvs-fragments.ts';
import type { ClockPort } from './ports.ts';
import { fragmentPace } from './fragment-pace.ts';

export interface ReadCallerAudioPorts extends ClockPort {
  /** The media of up to 1000 fragments: documents in any order, cut into chunks anywhere. */
  readonly readFragments: (
    streamArn: string,
    fragmentNumbers: readonly string[],
  ) => AsyncIterable<Uint8Array>;
  /** Milliseconds. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** Absent: by time. */
  readonly audioPlacement?: AudioPlacement;
}

interface CallerAudioRequest {
  readonly contactId: string;
  readonly streamArn: string;
  /** The recording's times in the contact record, in milliseconds since the epoch. */
  readonly startMs: number;
  readonly stopMs: number;
  /** In the order they were spoken. */
  readonly fragmentNumbers: readonly string[];
  readonly losses: Losses;
  /**
   * The error to throw for a fragment that may still be found later. Undefined or absent: it will not be
   * found.
   */
  readonly notReady?: (why: string) => RetryableError | undefined;
}

/** The missing audio. Filled in while reading. */
export interface Losses {
  /** Fragments left out, or used although cut short. */
  fragmentCount: number;
  /** Why the last damaged one could not be read. */
  damage: PermanentError | undefined;
  /** Whether the first and the last fragment have audio of this contact, and no time is missing between any two. */
  isSeamless: boolean;
}

/** Kinesis Video Streams gives at most 1000 at once. Source: its developer guide, "Quotas". */
const BATCH_SIZE = 250;
/** The wait before a second request. Reading throttles by the second, and can find fragments later. */
const PAUSES_MS = [250, 1000, 2500] as const;
/** After so many requests in a row with errors only, the rest of the batch counts as missing too. */
const MOST_FRUITLESS = 20;

/**
 * This contact's samples, fragment by fragment, in the order they were spoken, and silence for missing ones.
 * A chunk is valid until the next one is requested.
 *
 * Missing fragments are requested again, and those that stay missing are left out and counted; the time of
 * the next one gives their length. A fragment with problems is requested last, because the answer can end
 * with the first error. If a fragment is not found while `notReady` has an error, reading ends with that
 * error.
 *
 * Throws the error of `readFragments` if it fails repeatedly; RetryableError UNAVAILABLE and PermanentError
 * REFUSED for errors that AWS reports within the media and that say nothing about the fragment itself.
 */
export async function* readCallerAudio(
  { contactId, fragmentNumbers, ...request }: CallerAudioRequest,
  ports: ReadCallerAudioPorts,
): AsyncGenerator<Uint8Array, void, void> {
  const isOurs = voiceOf(contactId);
  const timeline = audioTimeline(ports.audioPlacement ?? 'by-time', request);
  const pace = fragmentPace(ports);
  const seam = seamOf();
  for (let first = 0; first < fragmentNumbers.length; first += BATCH_SIZE) {
    const batch = { ...request, fragmentNumbers: fragmentNumbers.slice(first, first + BATCH_SIZE), pace };
    for await (const fragments of fragmentsOf(batch, ports)) {
      const heard: AudioBlocks[] = [];
      for (const fragment of fragments) {
        const { audio } = fragment;
        const isHeard = isOurs(fragment) && audio.sizeBytes > 0;
        request.losses.isSeamless = seam.isSeamlessWith(isHeard ? audio : NO_AUDIO_BLOCKS);
        if (isHeard) heard.push(audio);
      }
      if (heard.length > 0) yield* timeline.add(heard);
    }
  }
  yield* timeline.end();
}

interface Batch extends Pick<CallerAudioRequest, 'streamArn' | 'fragmentNumbers' | 'losses' | 'notReady'> {
  readonly pace: (fragmentCount: number) => Promise<void>;
}

/** A fragment with an error or cut short, or one that seems to have made an answer unreadable. */
interface Trouble {
  readonly times: number;
  readonly error?: FragmentError;
  readonly cut?: Fragment;
  readonly isDamaged?: boolean;
}

interface BatchState {
  readonly queue: FragmentQueue;
  readonly troubles: Map<string, Trouble>;
}

/** The fragments of one batch in order. */
async function* fragmentsOf(
  batch: Batch,
  ports: ReadCallerAudioPorts,
): AsyncGenerator<readonly Fragment[], void, void> {
  const queue = fragmentQueue(batch.fragmentNumbers);
  const troubles = new Map<string, Trouble>();
  const isDamaged = (number: string) => troubles.get(number)?.isDamaged === true;
  const askable = () => queue.missing().filter((number) => !isDamaged(number));
  /** Decreases with every fragment that arrives, and with every new problem of one. */
  const open = () =>
    queue.missing().length + queue.missing().filter((number) => !troubles.has(number)).length;

  let stuck = 0;
  let fruitless = 0;
  while (askable().length > 0) {
    const missingBefore = queue.missing().length;
    const openBefore = open();
    const outage = yield* ask(askable(), batch, { queue, troubles }, ports);

    if (askable().length === 0) break;
    stuck = open() < openBefore ? 0 : stuck + 1;
    fruitless = queue.missing().length < missingBefore ? 0 : fruitless + 1;
    const pauseMs = PAUSES_MS[stuck];
    const isHopeless = pauseMs === undefined || fruitless >= MOST_FRUITLESS;
    if (isHopeless && outage !== undefined) throw outage;
    if (isHopeless) break;
    await ports.wait(pauseMs);
  }

  // Damage can begin in one fragment and appear in another, so each is requested alone.
  for (const number of queue.missing().filter(isDamaged)) {
    await ports.wait(PAUSES_MS[0]);
    const outage = yield* ask([number], batch, { queue, troubles }, ports);
    if (outage !== undefined) throw outage;
  }

  for (const number of queue.missing()) {
    const { error, cut, isDamaged: cannotBeRead } = troubles.get(number) ?? {};
    if (error) refuseUnlessAboutFragment(error);
    const awaited = cut || cannotBeRead ? undefined : batch.notReady?.(NOT_FOUND);
    if (awaited) throw awaited;
    batch.losses.fragmentCount += 1;
    yield cut ? queue.take(number, cut) : queue.giveUp(number);
  }
}

const NOT_FOUND = 'a fragment that is listed is not found';

/** One request. Returns the error that ended it, unless the media caused it. */
async function* ask(
  numbers: readonly string[],
  { streamArn, losses, pace, notReady }: Batch,
  { queue, troubles }: BatchState,
  { readFragments }: ReadCallerAudioPorts,
): AsyncGenerator<readonly Fragment[], unknown, void> {
  const timesOf = (number: string) => troubles.get(number)?.times ?? 0;
  const asked = numbers.toSorted((a, b) => timesOf(a) - timesOf(b));
  const unseen = new Set(asked);
  const nameless: Fragment[] = [];

  function settle(number: string, fragment: Fragment): readonly Fragment[] {
    if (!unseen.delete(number)) return [];
    const { error, truncated } = fragment;
    if (!error && !truncated) return queue.take(number, fragment);
    const times = timesOf(number) + 1;
    troubles.set(number, error ? { times, error } : { times, cut: fragment });
    return [];
  }

  await pace(asked.length);
  try {
    for await (const fragments of fragmentsIn(readFragments(streamArn, asked))) {
      const due: Fragment[] = [];
      for (const fragment of fragments) {
        if (fragment.fragmentNumber === undefined) nameless.push(fragment);
        else due.push(...settle(fragment.fragmentNumber, fragment));
      }
      yield due;
    }
    // Fragments without any tags have been seen. It is one of the requested ones.
    for (const [index, number] of [...unseen].entries()) {
      const fragment = nameless[index];
      if (fragment) yield settle(number, fragment);
    }
  } catch (error) {
    if (!(error instanceof PermanentError)) return error;
    if (error.code === 'NO_AUDIO') throw notReady?.(NOT_FOUND) ?? error;
    if (error.code !== 'MALFORMED_MEDIA') throw error;
    losses.damage = error;
    // Answers have the requested order, so it was the first one that has not been seen.
    const [damaged] = unseen;
    if (damaged !== undefined) troubles.set(damaged, { times: timesOf(damaged) + 1, isDamaged: true });
  }
  return undefined;
}

/** In-band errors that are about the stream. Source: Kinesis Video Streams API reference, GetMedia, "Errors". */
const NO_KEY = /^45\d\d$|KMS/i;
const KEY_UNAVAILABLE = '4503';
const INTERNAL = /^(3002|5000)$|INTERNAL/i;

/** Only a fragment that is not found is left out, not after a refused key or a failing service. */
function refuseUnlessAboutFragment({ code, id = code, message = '' }: FragmentError): void {
  if (INTERNAL.test(id) || id === KEY_UNAVAILABLE)
    throw new RetryableError('UNAVAILABLE', `reading the video stream failed with ${code} ${message}`.trim());
  if (NO_KEY.test(id) || NO_KEY.test(code))
    throw new PermanentError(
      'REFUSED',
      `the video stream's KMS key may not be used (${code} ${message}): allow kms:Decrypt on it to the role that saves recordings`,
    );
}
