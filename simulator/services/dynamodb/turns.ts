/** Many operations at a time, or one transaction alone. */
export interface Turns {
  readonly shared: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
  /** Starts when everything before it has ended; what comes later waits for it. */
  readonly alone: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
}

export function createTurns(): Turns {
  const running = new Set<Promise<unknown>>();
  /** The end of the last transaction. */
  let last: Promise<unknown> = Promise.resolve();

  async function shared<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    await last;
    const done = work();
    const settled = done.then(
      () => {},
      () => {},
    );
    running.add(settled);
    await settled;
    running.delete(settled);
    return done;
  }

  function alone<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const before = last;
    const done = (async () => {
      await before;
      await Promise.all(running);
      return work();
    })();
    last = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  return { shared, alone };
}
