import { EXIT } from '../command.ts';
import { jsonText } from '../terminal-text.ts';
import type { Leftovers, TestOutcome, TestQueue, TestStep } from '../../src/domain/test-voicemail.ts';

/** `  12.3 s  delivered as task` */
export function stepInWords({ afterMs, what }: TestStep): string {
  return `  ${(afterMs / 1000).toFixed(1).padStart(6)} s  ${what}`;
}

/**
 * 0: the stack works. 1: it lost or damaged the test voicemail. 2: that could not be tried, or not to its end. 130: a
 * person has broken it off.
 */
export function exitCodeOf(outcome: TestOutcome): number {
  if (outcome.kind === 'broken off') return EXIT.interrupted;
  if (outcome.kind === 'lost') return 1;
  if (outcome.kind === 'not tried') return 2;
  if (outcome.wrong.length > 0) return 1;
  return outcome.unseen.length + outcome.left.length > 0 ? 2 : 0;
}

/** The last lines for a person. */
export function outcomeInWords(outcome: TestOutcome, queue: TestQueue | undefined): string {
  const left = outcome.left.map((one) => `Not removed: ${one}`);
  const later = left.length > 0 ? ['The next vmx verify removes it, from a quarter of an hour on.'] : [];
  return [...sentences(outcome, whereTo(queue)), ...left, ...later].join('\n');
}

function whereTo(queue: TestQueue | undefined): string {
  return queue ? `came to ${queue.name}` : 'was mailed to nobody';
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
    case 'broken off':
      return [`Broken off.${outcome.left.length === 0 ? ' All of the test voicemail is removed.' : ''}`];
    case 'delivered':
      return deliveredInWords(outcome, queue);
  }
}

function deliveredInWords(
  { wrong, unseen, left }: Extract<TestOutcome, { kind: 'delivered' }>,
  queue: string,
): readonly string[] {
  if (wrong.length > 0) return [`The test voicemail ${queue}, and: ${wrong.join('; ')}.`, ...not(unseen)];
  const removed = left.length === 0 ? ' All of it is removed.' : '';
  return [`The stack works: the test voicemail ${queue}.${removed}`, ...not(unseen)];
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

/** What earlier test voicemails have left, a line each. */
export function leftoversInWords({ removed, young, left }: Leftovers): readonly string[] {
  return [
    ...(removed > 0 ? [`Removed what ${counted(removed)} left behind.`] : []),
    ...(young > 0
      ? [
          `Left alone, as it may be under way: what ${counted(young)} less than a quarter of an hour ago made.`,
        ]
      : []),
    ...left.map((one) => `Not removed: ${one}`),
  ];
}

function counted(tests: number): string {
  return tests === 1 ? 'an earlier test voicemail' : `${tests} earlier test voicemails`;
}
