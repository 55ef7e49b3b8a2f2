import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OutageTotals, OUTAGES, outageReport, runOutage } from './outage.ts';

/** Few and short, so that `npm test` is short; `node test/faults/outage.ts` has 200 and six hours. */
const VOICEMAILS = 2;
const HOURS = 2;
const LONGEST_RECOVERY_MINUTES = 15;

for (const service of OUTAGES) {
  test(`${HOURS} hours without ${service} lose no voicemail, and are over a quarter of an hour after them`, async (t) => {
    const totals = await runOutage({ service, voicemails: VOICEMAILS, hours: HOURS });

    assertRecovered(totals);
    // Transcription is not waited for beyond its deadline: that is how the stack is configured.
    assert.equal(totals.withoutTranscript.length, service === 'transcribe' ? VOICEMAILS : 0);
    // SES that throttles has not sent anything: the mail can wait.
    if (service === 'ses') assert.equal(totals.mails, VOICEMAILS);
    t.diagnostic(outageReport(totals));
  });
}

test('with a transcript deadline that is longer than the outage, every transcript is delivered', async (t) => {
  const asked = {
    service: 'transcribe',
    voicemails: VOICEMAILS,
    hours: HOURS,
    transcriptDeadlineMinutes: 720,
  };

  const totals = await runOutage(asked);

  assertRecovered(totals);
  assert.deepEqual(totals.withoutTranscript, []);
  assert.equal(totals.deliveredDuring, 0);
  t.diagnostic(outageReport(totals));
});

function assertRecovered(totals: OutageTotals): void {
  const { lost, doubled, sentAgainWithNote, withoutRecording, flagged, parked, ledgerFaults } = totals;
  assert.deepEqual(
    { lost, doubled, sentAgainWithNote, withoutRecording, flagged, parked, ledgerFaults },
    {
      lost: [],
      doubled: [],
      sentAgainWithNote: [],
      withoutRecording: [],
      flagged: [],
      parked: 0,
      ledgerFaults: [],
    },
  );
  assert.ok(totals.recoveryMinutes <= LONGEST_RECOVERY_MINUTES, outageReport(totals));
}
