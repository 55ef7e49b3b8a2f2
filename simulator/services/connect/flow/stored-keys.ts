import type { Key, Voice } from '../voice/voice.ts';

/** When the input ends. */
export interface KeyRules {
  readonly longest: number;
  /** Keys that end the input and are not part of it. */
  readonly endsAt: string;
  /** Whether `*` starts the input over. */
  readonly canCancel: boolean;
  readonly betweenKeysMs: number;
}

/**
 * The keys that a caller enters, beginning with `first`, until the maximum length, the end sequence, or a
 * pause.
 */
export async function nextKeys(
  first: Key,
  { longest, endsAt, canCancel, betweenKeysMs }: KeyRules,
  { voice, signal }: { voice: Voice; signal: AbortSignal },
): Promise<string> {
  let entered = '';
  let key = first;
  while (true) {
    entered = canCancel && key === '*' ? '' : entered + key;
    if (endsAt !== '' && entered.endsWith(endsAt)) return entered.slice(0, -endsAt.length);
    if (entered.length >= longest) return entered;
    const pressed = await voice.nextKey({ signal, withinMs: betweenKeysMs });
    if (pressed.kind !== 'key') return entered;
    key = pressed.key;
  }
}
