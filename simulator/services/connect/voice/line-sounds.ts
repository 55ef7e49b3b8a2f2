import type { Happenings } from '../../../happenings.ts';
import type { Contact } from '../contacts/contact.ts';
import type { CallTime } from './call-time.ts';
import type { Sound } from './prompt-sound.ts';

/** Something the caller hears, or has heard. Times are epoch milliseconds, whole. */
export interface HeardSound {
  readonly what: string;
  readonly startMs: number;
  /** Infinity while the sound goes on. */
  endMs: number;
}

export interface LineSounds {
  /** All sounds that the caller has heard, the oldest first. The list grows. */
  readonly heard: readonly HeardSound[];
  readonly begin: (sound: HeardSound) => void;
  /** Plays sounds without a pause between them. Returns a function that cuts them off. */
  readonly playAll: (sounds: readonly Sound[], whenPlayed: () => void) => () => void;
}

interface LineSoundsParts {
  readonly time: CallTime;
  readonly happenings: Happenings;
  /** The contact that the caller is now. */
  readonly contact: () => Contact;
  /** Called when a sound begins or ends. */
  readonly onChange: () => void;
}

export function createLineSounds({ time, happenings, contact, onChange }: LineSoundsParts): LineSounds {
  const heard: HeardSound[] = [];

  function begin(sound: HeardSound): void {
    heard.push(sound);
    happenings.tell({ kind: 'heard', atMs: sound.startMs, contactId: contact().id, what: sound.what });
    onChange();
  }

  function end(sound: HeardSound | undefined): void {
    if (sound?.endMs !== Infinity) return;
    sound.endMs = time.now();
    onChange();
  }

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

  return { heard, begin, playAll };
}
