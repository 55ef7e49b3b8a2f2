import type { Contact } from '../contacts/contact.ts';
import type { CallTime } from './call-time.ts';
import type { Key, Pressed } from './voice.ts';

/** How an interrupted wait ends. */
type Interrupted = Extract<Pressed, { kind: 'key' | 'stopped' }>;

/** What a flow waits for on the line, one thing at a time: the end of a prompt, or a key. */
export interface LineWait {
  /** `start` begins something and returns a function that cuts it off. Throws an Error if a flow waits already. */
  readonly wait: <Outcome>(
    options: { readonly signal: AbortSignal; readonly takesKeys: boolean },
    start: (settle: (outcome: Outcome) => void) => () => void,
  ) => Promise<Outcome | Interrupted>;
  readonly stop: () => void;
  /** Whether a key that is pressed now counts. */
  readonly takesKeys: () => boolean;
  readonly press: (key: Key) => void;
}

interface Waiting {
  /** Absent: keys are lost. */
  readonly onKey?: (key: Key) => void;
  readonly stop: () => void;
}

interface LineWaitParts {
  readonly time: CallTime;
  /** The contact that the caller is now. */
  readonly contact: () => Contact;
  /** Called when keys count from now on. */
  readonly onTakesKeys: () => void;
}

/**
 * A key that is pressed while nothing waits for keys is lost, unless a wait for keys begins at the same
 * moment of the call.
 */
export function createLineWait({ time, contact, onTakesKeys }: LineWaitParts): LineWait {
  let waiting: Waiting | undefined;
  let lastKey: { readonly key: Key; readonly atMs: number } | undefined;

  /** The last key, if it was pressed at this moment. */
  function takeKeyPressedNow(): Key | undefined {
    const key = lastKey?.atMs === time.now() ? lastKey.key : undefined;
    lastKey = undefined;
    return key;
  }

  const wait: LineWait['wait'] = <Outcome>(
    { signal, takesKeys }: { signal: AbortSignal; takesKeys: boolean },
    start: (settle: (outcome: Outcome) => void) => () => void,
  ) => {
    if (waiting) throw new Error('a flow waits for the caller already');
    const isStopped = () => signal.aborted || contact().lifetime.signal.aborted;
    if (isStopped()) return Promise.resolve<Interrupted>({ kind: 'stopped' });
    const { promise, resolve } = Promise.withResolvers<Outcome | Interrupted>();
    let cutOff: (() => void) | undefined;

    const settle = (outcome: Outcome | Interrupted) => {
      if (waiting !== own) return;
      waiting = undefined;
      signal.removeEventListener('abort', own.stop);
      // The caller may react to the end of a sound: by hanging up, for example.
      cutOff?.();
      resolve(isStopped() ? { kind: 'stopped' } : outcome);
    };
    const own: Waiting = {
      ...(takesKeys && { onKey: (key: Key) => settle({ kind: 'key', key }) }),
      stop: () => settle({ kind: 'stopped' }),
    };
    waiting = own;
    signal.addEventListener('abort', own.stop);
    const pressedNow = takeKeyPressedNow();
    cutOff = start(settle);
    if (waiting !== own) cutOff();
    else if (pressedNow !== undefined) own.onKey?.(pressedNow);
    else if (takesKeys) onTakesKeys();
    return promise;
  };

  return {
    wait,
    stop: () => waiting?.stop(),
    takesKeys: () => waiting?.onKey !== undefined,
    press(key) {
      if (waiting) waiting.onKey?.(key);
      else lastKey = { key, atMs: time.now() };
    },
  };
}
