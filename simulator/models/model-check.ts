import { appendFileSync } from 'node:fs';
import { type AnsweredCall, checkAnswer } from './check-answer.ts';

/** A file that gets a line for each gateway: its calls, and the places that differ. */
const COUNTS_FILE = process.env['MODEL_CHECK_COUNTS'];

/** Compares every answer of a gateway with the SDK's models. */
export interface ModelCheck {
  readonly see: (call: AnsweredCall) => void;
  /** Throws if an answer was not as its model says; the message names each such place once. */
  readonly end: () => void;
}

export function createModelCheck(): ModelCheck {
  const breaches = new Set<string>();
  const calls: { service: string; operation: string; isError: boolean }[] = [];
  return {
    see(call) {
      const { service, operation, answer } = call;
      calls.push({ service, operation, isError: answer.status >= 400 });
      for (const { path, came, allowed } of checkAnswer(call))
        breaches.add(`${service} ${operation} ${path}: came ${came}; allowed: ${allowed}`);
    },
    end() {
      if (COUNTS_FILE !== undefined)
        appendFileSync(COUNTS_FILE, `${JSON.stringify({ calls, breaches: [...breaches] })}\n`);
      if (breaches.size === 0) return;
      throw new Error(`answers that are not as the SDK's models say:\n${[...breaches].join('\n')}`);
    },
  };
}
