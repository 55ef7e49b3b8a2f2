import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';

/** The operations that change items. A transaction is made of these. */
const WRITES = ['BatchWriteItem', 'DeleteItem', 'PutItem', 'UpdateItem'];

interface Write {
  readonly operation: string;
  /** On one table. */
  readonly input: JsonObject;
  readonly atMs: number;
}

/** Every successful write, so that a table can be made again as it was at any time. */
export interface WriteLog {
  /** Runs a write when the one before has ended, and keeps it if it succeeds. Other operations just run. */
  readonly run: <Answer extends { status: number }>(
    write: { operation: string; input: JsonObject },
    work: () => Promise<Answer>,
  ) => Promise<Answer>;
  /** On this table up to then, in order. */
  readonly until: (table: string, ms: number) => readonly Write[];
  readonly forget: (table: string) => void;
}

export function createWriteLog(now: () => number): WriteLog {
  const writes = new Map<string, Write[]>();
  let last: Promise<unknown> = Promise.resolve();

  function keep(table: string, operation: string, input: JsonObject): void {
    const ofTable = writes.get(table) ?? [];
    ofTable.push({ operation, input, atMs: now() });
    writes.set(table, ofTable);
  }

  return {
    run({ operation, input }, work) {
      if (!WRITES.includes(operation)) return work();
      const done = last.then(async () => {
        const answer = await work();
        if (answer.status !== 200) return answer;
        const { RequestItems: items, TableName } = input;
        if (!isJsonObject(items)) keep(String(TableName), operation, input);
        else
          for (const [table, asked] of Object.entries(items))
            keep(table, operation, { RequestItems: { [table]: asked } });
        return answer;
      });
      // The caller of `done` gets the error; the next write only waits for its end.
      last = done.catch(() => {});
      return done;
    },
    until: (table, ms) => (writes.get(table) ?? []).filter(({ atMs }) => atMs <= ms),
    forget: (table) => void writes.delete(table),
  };
}
