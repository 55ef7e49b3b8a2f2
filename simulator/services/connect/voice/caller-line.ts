import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { SimulatedKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { Contact } from '../contacts/contact.ts';
import { fragmentWriter } from '../fragment-writer.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import type { StreamPool } from '../stream-pool.ts';
import type { World } from '../world.ts';
import { type CallTime, createCallTime } from './call-time.ts';
import { createIvrRecorder } from './ivr-recorder.ts';
import { playedBetween, saidBetween, type Utterance } from './line-audio.ts';
import { openLiveStream } from './live-stream.ts';
import { mediaSound } from './media-sound.ts';
import { type Sound, soundOf } from './prompt-sound.ts';
import type { Heard, Key, Pressed, StreamDirection, Voice } from './voice.ts';

/** How it is told that an agent has come on the line. */
const AGENT_HEARD = '(agent)';

/** Something the caller hears, or has heard. Times are epoch milliseconds, whole. */
interface HeardSound {
  readonly what: string;
  readonly startMs: number;
  /** Infinity while it goes on. Earlier than it would have been, where it was cut off. */
  endMs: number;
}

/** The caller's end of the line, of which flows have the other. */
export interface CallerLine {
  /** The contact that the caller is now. */
  readonly contact: () => Contact;
  /** Aborted when the call is over. */
  readonly life: AbortSignal;
  readonly voice: Voice;
  readonly time: CallTime;
  /** All that was heard, the oldest first. It grows. */
  readonly heard: readonly HeardSound[];
  /** Whether a key that is pressed now is taken. */
  readonly takesKeys: () => boolean;
  /** `listener` is called at once when a sound begins or ends, and when keys are taken from now on. */
  readonly onChange: (listener: (() => void) | undefined) => void;
  /** Epoch milliseconds, whole. */
  readonly say: (samples: Int16Array, startMs: number) => void;
  readonly press: (key: Key) => void;
  /** The call goes on as another contact, and streaming that runs with it. */
  readonly passOn: (to: Contact) => void;
}

export interface VoiceParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>;
  /** Has audio that flows play, and takes IVR recordings. Absent: neither is there. */
  readonly s3?: Pick<SimulatedS3, 'get' | 'put'>;
  readonly streams: StreamPool;
  readonly world: World;
}

/** What a flow waits for on the line: a prompt's end, or a key. */
interface Waiting {
  /** Absent: keys are lost. */
  readonly onKey?: (key: Key) => void;
  readonly stop: () => void;
}

/** How a wait ends that did not come to its own end. */
type Interrupted = Extract<Pressed, { kind: 'key' | 'stopped' }>;

/**
 * The line between one caller and the contact center, until the call is over.
 *
 * A key that is pressed while nothing waits for keys is lost, except at the very
 * moment at which something begins to.
 */
export function openCallerLine(first: Contact, parts: VoiceParts): CallerLine {
  const { clock, happenings, world, streams } = parts;
  const time = createCallTime(clock);
  const heard: HeardSound[] = [];
  const utterances: Utterance[] = [];
  const ivr = createIvrRecorder({ ...parts, utterances, heard });
  const hungUp = new AbortController();
  const { signal: life } = hungUp;
  let contact = first;
  let tellCaller: (() => void) | undefined;
  let waiting: Waiting | undefined;
  let lastKey: { readonly key: Key; readonly atMs: number } | undefined;
  let stream: { readonly directions: readonly StreamDirection[]; readonly stop: () => void } | undefined;

  function begin(sound: HeardSound): void {
    heard.push(sound);
    happenings.tell({ kind: 'heard', atMs: sound.startMs, contactId: contact.id, what: sound.what });
    tellCaller?.();
  }

  function end(sound: HeardSound | undefined): void {
    if (sound?.endMs !== Infinity) return;
    sound.endMs = time.now();
    tellCaller?.();
  }

  /** One at a time. `start` answers what cuts off what it has begun. */
  function wait<Outcome>(
    { signal, takesKeys }: { signal: AbortSignal; takesKeys: boolean },
    start: (settle: (outcome: Outcome) => void) => () => void,
  ): Promise<Outcome | Interrupted> {
    if (waiting) throw new Error('a flow waits for the caller already');
    if (signal.aborted || contact.lifetime.signal.aborted) return Promise.resolve({ kind: 'stopped' });
    const { promise, resolve } = Promise.withResolvers<Outcome | Interrupted>();
    let leave: (() => void) | undefined;

    const settle = (outcome: Outcome | Interrupted) => {
      if (waiting !== own) return;
      waiting = undefined;
      signal.removeEventListener('abort', own.stop);
      // What ends now may be what the caller waited for: to hang up, for example.
      leave?.();
      resolve(signal.aborted || contact.lifetime.signal.aborted ? { kind: 'stopped' } : outcome);
    };
    const own: Waiting = {
      ...(takesKeys && { onKey: (key: Key) => settle({ kind: 'key', key }) }),
      stop: () => settle({ kind: 'stopped' }),
    };
    waiting = own;
    signal.addEventListener('abort', own.stop);
    const pressedNow = lastKey?.atMs === time.now() ? lastKey.key : undefined;
    lastKey = undefined;
    leave = start(settle);
    if (waiting !== own) leave();
    else if (pressedNow !== undefined) own.onKey?.(pressedNow);
    else if (takesKeys) tellCaller?.();
    return promise;
  }

  /** Each sound begins when the one before is over. Answers what cuts them off. */
  function playAll(sounds: readonly Sound[], whenPlayed: () => void): () => void {
    let current: HeardSound | undefined;
    let cancel: (() => void) | undefined;
    let isOver = false;

    function playFrom(index: number, startMs: number): void {
      const sound = sounds[index];
      if (isOver) return;
      if (!sound) return whenPlayed();
      const endMs = startMs + sound.lengthMs;
      cancel = time.at(endMs, () => {
        if (index < sounds.length - 1) end(current);
        playFrom(index + 1, endMs);
      });
      current = sound.says === undefined ? undefined : { what: sound.says, startMs, endMs: Infinity };
      if (current) begin(current);
    }

    playFrom(0, time.now());
    return () => {
      isOver = true;
      cancel?.();
      end(current);
    };
  }

  function startStreaming(directions: readonly StreamDirection[]): void {
    const streamArn = streams.take();
    const startedAtMs = time.now();
    const close = openLiveStream({
      clock,
      writer: fragmentWriter({ contact, streamArn, startedAtMs }, parts),
      startedAtMs,
      fromCustomer: (span) =>
        directions.includes('From') ? saidBetween(utterances, span) : new Int16Array(),
      ...(directions.includes('To') && { toCustomer: (span) => playedBetween(heard, span) }),
    });
    const stop = () => {
      close(time.now());
      streams.giveBack(streamArn);
    };
    stream = { directions, stop };
  }

  function stopStreaming(): void {
    stream?.stop();
    stream = undefined;
  }

  /** The call ends with the contact, unless it has gone on as another. */
  function endWith(own: Contact): void {
    own.lifetime.signal.addEventListener('abort', () => {
      if (contact !== own) return;
      hungUp.abort();
      waiting?.stop();
      stopStreaming();
      ivr.finish(own, time.now());
    });
  }

  endWith(first);
  return {
    contact: () => contact,
    life,
    time,
    heard,
    takesKeys: () => waiting?.onKey !== undefined,
    onChange(listener) {
      tellCaller = listener;
    },
    say: (samples, startMs) => void utterances.push({ startMs, samples }),
    press(key) {
      if (waiting) waiting.onKey?.(key);
      else lastKey = { key, atMs: time.now() };
    },
    passOn(to) {
      const directions = stream?.directions;
      stopStreaming();
      ivr.finish(contact, time.now());
      contact = to;
      endWith(to);
      if (directions) startStreaming(directions);
    },
    voice: {
      async play(prompt, { signal, stopsAtKey }): Promise<Heard> {
        const sound = prompt.kind === 'media' ? await mediaSound(prompt.uri, parts) : soundOf(prompt, world);
        if (sound.kind === 'unplayable') return sound;
        return wait<Heard>({ signal, takesKeys: stopsAtKey }, (settle) =>
          playAll(sound.sounds, () => settle({ kind: 'played' })),
        );
      },
      async nextKey({ signal, withinMs }): Promise<Pressed> {
        return wait<Pressed>({ signal, takesKeys: true }, (settle) =>
          time.at(time.now() + withinMs, () => settle({ kind: 'time-out' })),
        );
      },
      startStreaming(directions) {
        if (!world.hasMediaStreaming) return 'refused';
        if (!stream && !contact.lifetime.signal.aborted) startStreaming(directions);
        return 'started';
      },
      stopStreaming,
      recordIvr: (to) => ivr.turn(to, time.now()),
      connectAgent() {
        waiting?.stop();
        const atMs = time.now();
        ivr.finish(contact, atMs);
        begin({ what: AGENT_HEARD, startMs: atMs, endMs: atMs });
      },
    },
  };
}
