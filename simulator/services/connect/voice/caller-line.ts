import type { Clock } from '../../../clock.ts';
import type { Happenings } from '../../../happenings.ts';
import type { SimulatedKinesisVideo } from '../../kinesis-video/kinesis-video.ts';
import type { Contact } from '../contacts/contact.ts';
import type { SimulatedS3 } from '../../s3/s3.ts';
import type { InstanceStorage } from '../storage/instance-storage.ts';
import type { StreamPool } from '../stream-pool.ts';
import type { World } from '../world.ts';
import { type CallTime, createCallTime } from './call-time.ts';
import { createIvrRecorder, type IvrRecorder } from './ivr-recorder.ts';
import type { Utterance } from './line-audio.ts';
import { createLineSounds, type HeardSound, type LineSounds } from './line-sounds.ts';
import { createLineStreaming, type LineStreaming } from './line-streaming.ts';
import { createLineWait, type LineWait } from './line-wait.ts';
import { mediaSound } from './media-sound.ts';
import { soundOf } from './prompt-sound.ts';
import type { Heard, Key, Pressed, Voice } from './voice.ts';

/** The sound that the caller hears when an agent joins. */
const AGENT_HEARD = '(agent)';

/** The caller's end of the line. Flows have the other end. */
export interface CallerLine {
  /** The contact that the caller is now. */
  readonly contact: () => Contact;
  /** Aborted when the call is over. */
  readonly life: AbortSignal;
  readonly voice: Voice;
  readonly time: CallTime;
  /** All sounds that the caller has heard, the oldest first. The list grows. */
  readonly heard: readonly HeardSound[];
  /** Whether a key that is pressed now counts. */
  readonly takesKeys: () => boolean;
  /** Sets the listener, which is called when a sound begins or ends, and when keys count from now on. */
  readonly onChange: (listener: (() => void) | undefined) => void;
  /** Epoch milliseconds, whole. */
  readonly say: (samples: Int16Array, startMs: number) => void;
  readonly press: (key: Key) => void;
  /** The call, and its running streams, go on as another contact. */
  readonly passOn: (to: Contact) => void;
}

export interface VoiceParts {
  readonly clock: Clock;
  readonly happenings: Happenings;
  readonly kinesisVideo: Pick<SimulatedKinesisVideo, 'append'>;
  /** Keeps audio that flows play, and IVR recordings. Absent: there are neither. */
  readonly s3?: Pick<SimulatedS3, 'get' | 'put'>;
  readonly streams: StreamPool;
  readonly world: World;
  readonly storage: InstanceStorage;
}

/**
 * The line between one caller and the contact center, until the call is over.
 *
 * A key that is pressed while nothing waits for keys is lost, unless a wait for keys begins at the same
 * moment of the call.
 */
export function openCallerLine(first: Contact, parts: VoiceParts): CallerLine {
  let current = first;
  let onChange: (() => void) | undefined;
  const contact = () => current;
  const tellCaller = () => onChange?.();
  const hungUp = new AbortController();
  const time = createCallTime(parts.clock);
  const utterances: Utterance[] = [];
  const sounds = createLineSounds({ time, happenings: parts.happenings, contact, onChange: tellCaller });
  const { heard } = sounds;
  const waits = createLineWait({ time, contact, onTakesKeys: tellCaller });
  const streaming = createLineStreaming({ ...parts, time, utterances, heard });
  const ivr = createIvrRecorder({ ...parts, utterances, heard });

  /** The call ends with the contact, unless it went on as another one. */
  function endWith(own: Contact): void {
    own.lifetime.signal.addEventListener('abort', () => {
      if (current !== own) return;
      hungUp.abort();
      waits.stop();
      streaming.stop();
      ivr.finish(own, time.now());
    });
  }

  endWith(first);
  return {
    contact,
    life: hungUp.signal,
    time,
    heard,
    takesKeys: waits.takesKeys,
    onChange: (listener) => void (onChange = listener),
    say: (samples, startMs) => void utterances.push({ startMs, samples }),
    press: waits.press,
    passOn(to) {
      const directions = streaming.stop();
      ivr.finish(current, time.now());
      current = to;
      endWith(to);
      if (directions) streaming.start(to, directions);
    },
    voice: voiceOn({ time, contact, sounds, waits, streaming, ivr }, parts),
  };
}

interface LineParts {
  readonly time: CallTime;
  readonly contact: () => Contact;
  readonly sounds: LineSounds;
  readonly waits: LineWait;
  readonly streaming: LineStreaming;
  readonly ivr: IvrRecorder;
}

/** The line as flows use it. */
function voiceOn({ time, contact, sounds, waits, streaming, ivr }: LineParts, parts: VoiceParts): Voice {
  const { world, storage } = parts;
  return {
    async play(prompt, { signal, stopsAtKey }): Promise<Heard> {
      const sound = prompt.kind === 'media' ? await mediaSound(prompt.uri, parts) : soundOf(prompt, world);
      if (sound.kind === 'unplayable') return sound;
      return waits.wait<Heard>({ signal, takesKeys: stopsAtKey }, (settle) =>
        sounds.playAll(sound.sounds, () => settle({ kind: 'played' })),
      );
    },
    async nextKey({ signal, withinMs }): Promise<Pressed> {
      return waits.wait<Pressed>({ signal, takesKeys: true }, (settle) =>
        time.at(time.now() + withinMs, () => settle({ kind: 'time-out' })),
      );
    },
    startStreaming(directions) {
      if (!storage.mediaStreams()) return 'refused';
      if (!contact().lifetime.signal.aborted) streaming.start(contact(), directions);
      return 'started';
    },
    stopStreaming: () => void streaming.stop(),
    recordIvr(to) {
      if (to === 'on' && (!parts.s3 || !storage.callRecordings())) return 'refused';
      ivr.turn(to, time.now());
      return 'done';
    },
    connectAgent() {
      waits.stop();
      const atMs = time.now();
      ivr.finish(contact(), atMs);
      sounds.begin({ what: AGENT_HEARD, startMs: atMs, endMs: atMs });
    },
  };
}
