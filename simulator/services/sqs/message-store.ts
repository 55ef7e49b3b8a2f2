import { createHiddenMessages } from './hidden-messages.ts';
import type { StoredMessage } from './message.ts';

/** A queue's messages: those that can be received, and hidden ones. */
export interface MessageStore {
  /** Adds a message. By its `state`, it can be received or waits until its `visibleAtMs`. */
  readonly add: (message: StoredMessage) => void;
  readonly find: (messageId: string) => StoredMessage | undefined;
  readonly remove: (message: StoredMessage) => void;
  readonly clear: () => void;
  /** Hides a message until then. */
  readonly hide: (message: StoredMessage, state: 'delayed' | 'in-flight', untilMs: number) => void;
  /** The messages that can be received now, in the order in which they became visible. */
  readonly visible: () => ReadonlySet<StoredMessage>;
  readonly hasVisible: () => boolean;
  /** All messages that are not deleted, visible or not. */
  readonly all: () => readonly StoredMessage[];
  /** When the next hidden message becomes visible; Infinity if there is none. */
  readonly nextVisibleAtMs: () => number;
}

interface MessageStoreOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly retentionMs: () => number;
  /** Called at once whenever a message has become visible. */
  readonly onVisible: () => void;
}

/** Every call reads the time, so that the store needs no timer. */
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
    const oldestMs = now() - retentionMs();
    nextExpiryMs = Number.POSITIVE_INFINITY;
    for (const message of messages.values()) {
      if (message.sentAtMs <= oldestMs) remove(message);
      else nextExpiryMs = Math.min(nextExpiryMs, message.sentAtMs + retentionMs());
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
    nextExpiryMs = Math.min(nextExpiryMs, message.sentAtMs + retentionMs());
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
