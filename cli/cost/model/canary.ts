import { ASSUMED, USUAL_MS } from './assumptions.ts';
import { callsOf, openingOf, stepsOf } from './calls.ts';
import type { Use } from './line.ts';
import type { PriceName } from './prices.ts';
import type { StackFacts } from './stack-facts.ts';

/** What Amazon Transcribe takes at least; the test voicemail is shorter. */
const JOB_MINUTES = 15 / 60;

/**
 * What one test voicemail of the canary does, its own function and the others. `test/e2e/canary.test.ts` holds it against
 * the simulator.
 */
export const CANARY = {
  /** A delivery, and the end of its task, which comes by its contact record. */
  invocations: {
    canary: 1,
    'start-transcription': 1,
    'deliver-voicemail': 2,
    'open-recording': 1,
    'contact-records': 1,
  },
  /** One that the voicemail belongs to, and its own. */
  tasks: 2,
  jobs: 1,
} as const;

/** Its test voicemails, before the first call. Empty without one. */
export function canaryUses(facts: StackFacts): readonly Use[] {
  const { canariesPerMonth: canaries, memoryMegabytes } = facts;
  if (canaries === 0) return [];
  const each = (what: string, price: PriceName, quantity: number): Use => ({
    part: 'fixed',
    what: `the canary: ${what}`,
    price,
    quantity: quantity * canaries,
  });
  const steps = [...stepsOf({ mode: 'task', isAttached: false }), openingOf('task')];
  const others = steps.filter(({ bundle }) => bundle in CANARY.invocations);
  const invoked = Object.values(CANARY.invocations).reduce((sum, times) => sum + times, 0);
  const calls = callsOf(others, 'cold');
  const waitMs = Object.entries(calls).reduce(
    (sum, [name, count]) => sum + count * (USUAL_MS[name.split(' ')[0] ?? ''] ?? 0),
    0,
  );
  const othersMs = waitMs + (invoked - 1) * (ASSUMED.runMs + ASSUMED.coldStartMs);
  const gigabytes = (memoryMegabytes['canary'] ?? 128) / 1024;
  const kilobytes = Math.ceil(ASSUMED.ledgerEntryBytes / 1024);
  return [
    each('transcription', 'transcribeMinute', CANARY.jobs * JOB_MINUTES),
    each('requests', 'lambdaRequest', invoked),
    each('time', 'lambdaGbSecondArm', gigabytes * (ASSUMED.canarySeconds + othersMs / 1000)),
    // It looks every two seconds.
    each(
      'looks into the ledger',
      'dynamodbRead',
      ASSUMED.canarySeconds / 2 + (calls['dynamodb GetItem'] ?? 0),
    ),
    // Its entry is written, changed twice by the delivery, and deleted.
    each('writes of the ledger', 'dynamodbWrite', 4 * kilobytes + ASSUMED.indexWrites),
    // Four objects are written, and lists are asked for to remove all of their versions.
    each('writes of S3, and lists', 's3Put', 8),
    each('logs', 'logsIn', (invoked * ASSUMED.logBytesPerInvocation) / 1e9),
  ];
}
