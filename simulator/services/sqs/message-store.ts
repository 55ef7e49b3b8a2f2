import { createHiddenMessages } from './hidden-messages.ts';
import type { StoredMessage } from './message.ts';

/** A queue's messages, told apart by whether they can be received. */
export interface MessageStore {
  /** As its `state` says, it can be received or waits for its `visibleAtMs`. */
  readonly add: (message: StoredMessage) => void;
  readonly find: (messageId: string) => StoredMessage | undefined;
  readonly remove: (message: StoredMessage) => void;
  readonly clear: () => void;
  /** Takes a message out of sight until then. */
  readonly hide: (message: StoredMessage, state: 'delayed' | 'in-flight', untilMs: number) => void;
  /** Those that can be received now, in the order in which they became so. */
  readonly visible: () => ReadonlySet<StoredMessage>;
  readonly hasVisible: () => boolean;
  /** All that are not deleted, visible or not. */
  readonly all: () => readonly StoredMessage[];
  /** When the next hidden message shows up; Infinity when none will. */
  readonly nextVisibleAtMs: () => number;
}

interface MessageStoreOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly retentionMs: number;
  /** Called at once whenever a message has become visible. */
  readonly onVisible: () => void;
}

/** Time is looked at whenever the store is: nothing here needs a timer. */
export function createMessageStore({ now, retentionMs, onVisible }: MessageStoreOptions): MessageStore {
  const messages = new Map<string, StoredMessage>();
  const visible = new Set<StoredMessage>();
  const hidden = createHiddenMessages();
  let nextExpiryMs = Number.POSITIVE_INFINITY;

  function settle(): void {
    if (now() >= nextExpiryMs) dropExpired();
    for (const message of hidden.takeDue(now())) show(message);
  }

  function dropExpired(): void {
    const oldestMs = now() - retentionMs;
    nextExpiryMs = Number.POSITIVE_INFINITY;
    for (const message of messages.values()) {
      if (message.sentAtMs <= oldestMs) remove(message);
      else nextExpiryMs = Math.min(nextExpiryMs, message.sentAtMs + retentionMs);
    }
  }

  function show(message: StoredMessage): void {
    message.state = 'visible';
    visible.add(message);
    onVisible();
  }

  function remove(message: StoredMessage): void {
    messages.delete(message.messageId);
    visible.delete(message);
    hidden.remove(message);
  }

  function add(message: StoredMessage): void {
    messages.set(message.messageId, message);
    nextExpiryMs = Math.min(nextExpiryMs, message.sentAtMs + retentionMs);
    if (message.state === 'visible') show(message);
    else hidden.add(message);
  }

  return {
    add,
    remove,
    find(messageId) {
      settle();
      return messages.get(messageId);
    },
    clear() {
      messages.clear();
      visible.clear();
      hidden.clear();
    },
    hide(message, state, untilMs) {
      remove(message);
      message.state = state;
      message.visibleAtMs = untilMs;
      add(message);
    },
    visible() {
      settle();
      return visible;
    },
    hasVisible() {
      settle();
      return visible.size > 0;
    },
    all() {
      settle();
      return [...messages.values()];
    },
    nextVisibleAtMs: hidden.nextVisibleAtMs,
  };
}
