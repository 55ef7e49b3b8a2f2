import { jsonText } from '../terminal-text.ts';
import type { TestOutcome, TestQueue, TestStep } from './test-voicemail.ts';

/** 0: the stack works. 1: it lost or damaged the test voicemail. 2: that could not be tried, or not to its end. */
export function exitCodeOf(outcome: TestOutcome): 0 | 1 | 2 {
  if (outcome.kind === 'lost') return 1;
  if (outcome.kind === 'not tried') return 2;
  if (outcome.wrong.length > 0) return 1;
  return outcome.unseen.length + outcome.left.length > 0 ? 2 : 0;
}

/** The last lines for a person. */
export function outcomeInWords(outcome: TestOutcome, queue: TestQueue | undefined): string {
  const left = outcome.left.map((one) => `Not removed: ${one}`);
  return [...sentences(outcome, queue?.name ?? 'its queue'), ...left].join('\n');
}

function sentences(outcome: TestOutcome, queue: string): readonly string[] {
  switch (outcome.kind) {
    case 'lost':
      return [
        `The stack has not delivered the test voicemail: ${outcome.why}.`,
        'Voicemails of callers fare the same: npx vmx doctor looks for the reason, and npx vmx list for what waits.',
      ];
    case 'not tried':
      return [`It could not be tried, which says nothing about the stack: ${outcome.why}.`];
    case 'delivered':
      return deliveredInWords(outcome, queue);
  }
}

function deliveredInWords(
  { wrong, unseen, left }: Extract<TestOutcome, { kind: 'delivered' }>,
  queue: string,
): readonly string[] {
  if (wrong.length > 0)
    return [`The test voicemail came to ${queue}, and: ${wrong.join('; ')}.`, ...not(unseen)];
  const removed = left.length === 0 ? ' All of it is removed.' : '';
  return [`The stack works: the test voicemail came to ${queue}.${removed}`, ...not(unseen)];
}

function not(unseen: readonly string[]): readonly string[] {
  return unseen.map((one) => `Not looked at: ${one}.`);
}

/** One JSON value, for machines. */
export function outcomeAsJson(
  outcome: TestOutcome,
  { queue, steps }: { readonly queue: TestQueue | undefined; readonly steps: readonly TestStep[] },
): string {
  const exitCode = exitCodeOf(outcome);
  return jsonText({ ...outcome, exitCode, queue: queue?.name, steps });
}
