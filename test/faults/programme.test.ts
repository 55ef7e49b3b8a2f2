import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOf, runProgramme, type Totals } from './programme.ts';

/** Each costs 0.18 s of a core, most of it in the SDK; `node test/faults/programme.ts` has 10,000. */
const VOICEMAILS = 500;
const SEED = 7;

test(`of ${VOICEMAILS} voicemails, with a fifth of all calls failing, each is delivered once`, async (t) => {
  const totals = await runProgramme({ voicemails: VOICEMAILS, seed: SEED, longestSeconds: 1 });

  t.diagnostic(reportOf(totals));
  assertDeliveredOnce(totals);
  assert.deepEqual(totals.withoutRecording, []);
});

test('voicemails that are parked after few tries are delivered once after one redrive', async (t) => {
  const totals = await runProgramme({
    voicemails: 20,
    seed: SEED,
    longestSeconds: 1,
    failing: 0.4,
    attempts: 1,
    receives: 1,
    patienceMs: 10 * 60_000,
  });

  t.diagnostic(reportOf(totals));
  assert.ok(totals.undeliveredBefore > 0 && totals.parked >= totals.undeliveredBefore);
  assertDeliveredOnce(totals);
});

function assertDeliveredOnce(totals: Totals): void {
  const { lost, doubled, flagged, ledgerFaults } = totals;
  assert.deepEqual(
    { lost, doubled, flagged, ledgerFaults },
    { lost: [], doubled: [], flagged: [], ledgerFaults: [] },
  );
}
