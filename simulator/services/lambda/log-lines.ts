/**
 * The most lines of a function that are kept for `logs`, so that the simulator's memory does not grow with
 * every invocation.
 */
const KEPT_LINES = 5_000;

/** The output of functions, by function and line. */
export interface LogLines {
  /** Cuts pieces of output into lines. Each environment has one. */
  readonly writer: (functionId: string) => LineWriter;
  readonly lines: (functionId: string) => readonly string[];
}

export interface LineWriter {
  readonly write: (text: string) => void;
  /** Ends an incomplete line. */
  readonly flush: () => void;
  /** The lines since it was asked last. */
  readonly takeLines: () => readonly string[];
}

/** Calls `onLine` with every complete line. */
export function createLogLines(onLine: (functionId: string, line: string) => void): LogLines {
  const kept = new Map<string, string[]>();

  function keep(functionId: string, line: string): void {
    const lines = kept.get(functionId) ?? [];
    kept.set(functionId, lines);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLine(functionId, line);
  }

  return {
    lines: (functionId) => [...(kept.get(functionId) ?? [])],
    writer(functionId) {
      let open = '';
      let latest: string[] = [];

      function end(line: string): void {
        latest.push(line);
        if (latest.length > KEPT_LINES) latest.shift();
        keep(functionId, line);
      }

      return {
        write(text) {
          const parts = (open + text).split('\n');
          open = parts.pop() ?? '';
          for (const line of parts) end(line);
        },
        flush() {
          if (open !== '') end(open);
          open = '';
        },
        takeLines() {
          const lines = latest;
          latest = [];
          return lines;
        },
      };
    },
  };
}
