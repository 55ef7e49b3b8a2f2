import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REQUEST, start } from './transcribe.fixture.ts';

const UNREADABLE =
  "The S3 URI that you provided can't be accessed. Make sure that you have read permission and try your request again.";
const UNWRITABLE =
  "The specified S3 bucket can't be accessed. Make sure you have write permission on the bucket and try your request again.";

test('a job runs, writes its transcript and then says that it is complete', async (t) => {
  const { call, ended, written, events } = start(t);

  const { TranscriptionJob: started } = await call('StartTranscriptionJob', REQUEST);
  await ended();

  assert.equal(started.TranscriptionJobStatus, 'IN_PROGRESS');
  assert.deepEqual(
    written.map(({ bucket, key }) => `${bucket}/${key}`),
    ['transcripts/raw/.write_access_check_file.temp', 'transcripts/raw/vm_1.json'],
  );
  assert.equal(written[1]?.contentType, 'application/json');
  assert.equal(JSON.parse(String(written[1]?.body)).results.transcripts[0].transcript, 'Call me back.');
  const [{ id, time, ...event } = { id: '', time: '' }] = events;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.deepEqual(event, {
    version: '0',
    'detail-type': 'Transcribe Job State Change',
    source: 'aws.transcribe',
    account: '111122223333',
    region: 'us-east-1',
    resources: [],
    detail: { TranscriptionJobName: 'vm_1', TranscriptionJobStatus: 'COMPLETED' },
  });
});

test('a complete job has the address of its transcript, and the detected format and rate', async (t) => {
  const { call, ended } = start(t);

  await call('StartTranscriptionJob', REQUEST);
  await ended();

  const { TranscriptionJob: job } = await call('GetTranscriptionJob', { TranscriptionJobName: 'vm_1' });
  assert.equal(job.TranscriptionJobStatus, 'COMPLETED');
  assert.equal(
    job.Transcript.TranscriptFileUri,
    'https://s3.us-east-1.amazonaws.com/transcripts/raw/vm_1.json',
  );
  assert.equal(job.MediaFormat, 'wav');
  assert.equal(job.MediaSampleRateHertz, 8000);
  assert.ok(job.CompletionTime >= job.CreationTime);
});

test('a name can be used once, also by two requests at the same moment', async (t) => {
  const { call } = start(t);

  const answers = await Promise.allSettled([
    call('StartTranscriptionJob', REQUEST),
    call('StartTranscriptionJob', REQUEST),
  ]);

  assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  await assert.rejects(call('StartTranscriptionJob', REQUEST), {
    code: 'ConflictException',
    message: 'The requested job name already exists. Use a different job name.',
  });
});

test('a missing recording is refused at once', async (t) => {
  const { call, written } = start(t);

  const missing = { ...REQUEST, Media: { MediaFileUri: 's3://recordings/other.wav' } };
  await assert.rejects(call('StartTranscriptionJob', missing), {
    code: 'BadRequestException',
    message: /^The URI that you provided doesn't point to an S3 object\./,
  });

  assert.deepEqual(written, []);
});

for (const [what, denied, message] of [
  ['read the recording', 'arn:aws:s3:::recordings/1.wav', UNREADABLE],
  ['write the transcript', 'arn:aws:s3:::transcripts/raw/vm_1.json', UNWRITABLE],
  ['write the access check', 'arn:aws:s3:::transcripts/raw/.write_access_check_file.temp', UNWRITABLE],
] as const) {
  test(`a caller who may not ${what} is refused at once`, async (t) => {
    const { call, written } = start(t, { isAllowed: ({ resource }) => resource !== denied });

    await assert.rejects(call('StartTranscriptionJob', REQUEST), { code: 'BadRequestException', message });

    assert.deepEqual(written, []);
  });
}

test('a missing output bucket is refused at once', async (t) => {
  const { call } = start(t);

  await assert.rejects(call('StartTranscriptionJob', { ...REQUEST, OutputBucketName: 'elsewhere' }), {
    code: 'BadRequestException',
    message: UNWRITABLE,
  });
});

test('a silent recording is a success', async (t) => {
  const { call, ended, written } = start(t, { hear: () => '' });

  await call('StartTranscriptionJob', REQUEST);
  await ended();

  assert.deepEqual(JSON.parse(String(written[1]?.body)).results, {
    transcripts: [{ transcript: '' }],
    items: [],
    audio_segments: [],
  });
});

test('an identified language is English, in a variant of the options', async (t) => {
  const { call, ended, written } = start(t);
  const { LanguageCode: _, ...request } = REQUEST;

  await call('StartTranscriptionJob', {
    ...request,
    IdentifyLanguage: true,
    LanguageOptions: ['es-US', 'en-GB'],
  });
  await ended();

  assert.equal(JSON.parse(String(written[1]?.body)).results.language_code, 'en-GB');
  const { TranscriptionJob: job } = await call('GetTranscriptionJob', { TranscriptionJobName: 'vm_1' });
  assert.equal(job.LanguageCode, 'en-GB');
  assert.equal(job.IdentifiedLanguageScore, 0.97);
});

test('a job takes its delay on the clock, and transcribing takes no time', async (t) => {
  const { call, ended, clock } = start(t, { delayMs: 20_000 });
  const startMs = clock.now();

  await call('StartTranscriptionJob', REQUEST);
  await ended();

  const tookMs = clock.now() - startMs;
  assert.ok(tookMs >= 20_000 && tookMs < 25_000, `${tookMs} ms`);
});

test('a job can be deleted after it has ended, not before, and its transcript stays', async (t) => {
  const { call, ended, written } = start(t);
  const named = { TranscriptionJobName: 'vm_1' };
  await call('StartTranscriptionJob', REQUEST);

  await assert.rejects(call('DeleteTranscriptionJob', named), { code: 'BadRequestException' });
  await ended();
  await call('DeleteTranscriptionJob', named);

  assert.equal(written.length, 2);
  const gone = { code: 'BadRequestException', message: /^The requested job couldn't be found\./ };
  await assert.rejects(call('GetTranscriptionJob', named), gone);
  await assert.rejects(call('DeleteTranscriptionJob', named), gone);
});

test('starting a job is allowed by conditions on the request, as IAM has no resource for it', (t) => {
  const { needs } = start(t);

  assert.deepEqual(needs('StartTranscriptionJob', REQUEST), [
    {
      action: 'transcribe:StartTranscriptionJob',
      resource: '*',
      context: { 'transcribe:OutputBucketName': 'transcripts', 'transcribe:OutputKey': 'raw/' },
    },
  ]);
});

test('every other operation needs its own action on the job', (t) => {
  const { needs } = start(t);

  assert.deepEqual(needs('DeleteTranscriptionJob', REQUEST), [
    {
      action: 'transcribe:DeleteTranscriptionJob',
      resource: 'arn:aws:transcribe:us-east-1:111122223333:transcription-job/vm_1',
    },
  ]);
});
