import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermanentError } from './errors.ts';
import { contactIdOfJob, jobNameOf, readTranscript, standInTranscript } from './transcript.ts';

const OUTPUT = {
  jobName: 'vmx3_c1',
  accountId: '111122223333',
  status: 'COMPLETED',
  results: {
    transcripts: [{ transcript: 'Hi, this is Ana. Please call me back.' }],
    items: [{ id: 0, type: 'pronunciation', alternatives: [{ confidence: '0.98', content: 'Hi' }] }],
    audio_segments: [],
  },
};

test('Transcribe’s output is read as text', () => {
  assert.deepEqual(readTranscript(JSON.stringify(OUTPUT)), {
    kind: 'text',
    text: 'Hi, this is Ana. Please call me back.',
  });
});

test('a message in which nothing was said is an empty text, not a gap', () => {
  const silence = { ...OUTPUT, results: { transcripts: [{ transcript: '' }], items: [] } };

  assert.deepEqual(readTranscript(JSON.stringify(silence)), { kind: 'text', text: '' });
});

test('a stand-in is read as the gap that it describes', () => {
  const standIn = standInTranscript({
    jobName: 'vmx3_c1',
    gap: 'FAILED',
    detail: 'Unsupported media format.',
  });

  assert.deepEqual(readTranscript(standIn), {
    kind: 'gap',
    gap: 'FAILED',
    detail: 'Unsupported media format.',
  });
});

for (const broken of ['', 'null', '{}', '{"results":{"transcripts":"Ana"}}', '{"results"']) {
  test(`${broken || 'an empty object'} is no transcript, and the error does not quote it`, () => {
    assert.throws(
      () => readTranscript(broken),
      (error) => error instanceof PermanentError && !error.message.includes('Ana'),
    );
  });
}

test('a job’s name contains its contact, and so does the name of a second job', () => {
  assert.equal(contactIdOfJob(jobNameOf('c0ffee00-c1')), 'c0ffee00-c1');
  assert.equal(contactIdOfJob('vmx3_c0ffee00-c1_2'), 'c0ffee00-c1');
  assert.equal(contactIdOfJob('payroll-2026'), undefined);
});
