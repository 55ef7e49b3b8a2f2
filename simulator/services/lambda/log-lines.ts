import type { FunctionSettings } from './function-settings.ts';

/**
 * The most lines of a function that are kept for `logs`, so that the simulator's memory does not grow with
 * every invocation.
 */
const KEPT_LINES = 5_000;

/** A line of an execution environment, for its log stream. */
export interface LoggedLine {
  readonly settings: FunctionSettings;
  /** The name of the log stream. */
  readonly stream: string;
  readonly line: string;
}

/** The output of functions, by function and line. */
export interface LogLines {
  /** Cuts pieces of output into lines. Each environment has one. */
  readonly writer: (environment: Omit<LoggedLine, 'line'>) => LineWriter;
  readonly lines: (functionId: string) => readonly string[];
}

export interface LineWriter {
  readonly write: (text: string) => void;
  /** Ends an incomplete line. */
  readonly flush: () => void;
  /** A line of Lambda itself, which `lines` does not have. */
  readonly ofPlatform: (line: string) => void;
  /** The lines since it was asked last, those of Lambda itself too. */
  readonly takeLines: () => readonly string[];
}

/** Calls `onLine` with every complete line of a function, and `onLog` with those of Lambda itself too. */
export function createLogLines({
  onLine,
  onLog,
}: {
  onLine: (functionId: string, line: string) => void;
  onLog: (logged: LoggedLine) => void;
}): LogLines {
  const kept = new Map<string, string[]>();

  function keep(logged: LoggedLine): void {
    const { line } = logged;
    const { id: functionId } = logged.settings;
    const lines = kept.get(functionId) ?? [];
    kept.set(functionId, lines);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLog(logged);
    onLine(functionId, line);
  }

  return {
    lines: (functionId) => [...(kept.get(functionId) ?? [])],
    writer(environment) {
      let open = '';
      let latest: string[] = [];

      function end(line: string): void {
        take(line);
        keep({ ...environment, line });
      }

      function take(line: string): void {
        latest.push(line);
        if (latest.length > KEPT_LINES) latest.shift();
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
        ofPlatform(line) {
          take(line);
          onLog({ ...environment, line });
        },
      };
    },
  };
}
