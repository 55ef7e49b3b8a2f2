/** What has happened to one call so far, which any number of readers follow from its beginning to its end. */
export interface Journal<Entry> {
  /** Does nothing after the end. */
  readonly write: (entry: Entry) => void;
  readonly end: () => void;
  /** All entries, those to come too. Ends with the journal. */
  readonly read: () => AsyncGenerator<Entry, void, void>;
}

export function createJournal<Entry>(): Journal<Entry> {
  const entries: Entry[] = [];
  const state = { isEnded: false };
  let more = Promise.withResolvers<void>();

  function wakeReaders(): void {
    more.resolve();
    more = Promise.withResolvers();
  }

  return {
    write(entry) {
      if (state.isEnded) return;
      entries.push(entry);
      wakeReaders();
    },
    end() {
      state.isEnded = true;
      wakeReaders();
    },
    async *read() {
      for (let at = 0; ;) {
        const [entry] = entries.slice(at, at + 1);
        if (entry !== undefined) {
          yield entry;
          at += 1;
        } else if (state.isEnded) return;
        else await more.promise;
      }
    },
  };
}
