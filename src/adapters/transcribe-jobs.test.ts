import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { RetryableError } from '../domain/errors.ts';
import type { JobLanguage } from '../domain/job-language.ts';
import { transcribeStart } from './transcribe-jobs.ts';

const ENGLISH: JobLanguage = { kind: 'given', code: 'en-US' };
const given = (code: string): JobLanguage => ({ kind: 'given', code });

test('a job names its language, known or not, or those to choose from', async (t) => {
  for (const [language, said] of [
    [ENGLISH, { LanguageCode: 'en-US' }],
    [given('de-AT'), { LanguageCode: 'de-AT' }],
    [
      { kind: 'identify', among: ['en-US', 'es-US'] },
      { IdentifyLanguage: true, LanguageOptions: ['en-US', 'es-US'] },
    ],
    [{ kind: 'identify', among: [] }, { IdentifyLanguage: true }],
  ] as const) {
    const transcribe = await fakeTranscribe(t, 200, { TranscriptionJob: {} });

    assert.deepEqual(await transcribe.start(language), { kind: 'started' });

    const { LanguageCode, IdentifyLanguage, LanguageOptions, ...rest } = transcribe.asked()[0] ?? {};
    assert.deepEqual(JSON.parse(JSON.stringify({ LanguageCode, IdentifyLanguage, LanguageOptions })), said);
    assert.deepEqual(rest, {
      TranscriptionJobName: 'vmx3_c1',
      Media: { MediaFileUri: 's3://recordings/recordings/1.wav' },
      MediaFormat: 'wav',
      OutputBucketName: 'transcripts',
      OutputKey: 'transcripts/1.json',
    });
  }
});

test('an existing job is the same job', async (t) => {
  const transcribe = await fakeTranscribe(t, 400, { __type: 'ConflictException', Message: 'exists' });

  assert.deepEqual(await transcribe.start(ENGLISH), { kind: 'started' });
});

const NOT_A_MEMBER =
  "1 validation error detected: Value 'x' at 'languageCode' failed to satisfy constraint: Member must satisfy enum value set: [en-US]";
const REFUSALS: readonly (readonly [string, JobLanguage, string, string, string])[] = [
  ['a language that nobody knows', given('de-AT'), 'BadRequestException', NOT_A_MEMBER, 'UNKNOWN_LANGUAGE'],
  [
    'a language that this Region lacks',
    given('ab-GE'),
    'BadRequestException',
    NOT_A_MEMBER,
    'LANGUAGE_NOT_HERE',
  ],
  [
    'a language that is not supported',
    ENGLISH,
    'BadRequestException',
    "The language code that you provided isn't supported.",
    'LANGUAGE_NOT_HERE',
  ],
  ['no right to start jobs', ENGLISH, 'AccessDeniedException', 'User is not authorized', 'NOT_ALLOWED'],
  [
    'no right to read the recording',
    ENGLISH,
    'BadRequestException',
    "The S3 URI that you provided can't be accessed. Make sure that you have read permission and try your request again.",
    'NOT_ALLOWED',
  ],
  ['anything else', ENGLISH, 'BadRequestException', 'Your request is not valid.', 'REFUSED'],
  [
    'a refusal about several languages',
    { kind: 'identify', among: ['en-US', 'es-US'] },
    'BadRequestException',
    'LanguageOptions is wrong.',
    'REFUSED',
  ],
];
for (const [what, language, name, message, gap] of REFUSALS) {
  test(`a job is refused for ${what}: ${gap}`, async (t) => {
    const status = name === 'AccessDeniedException' ? 403 : 400;
    const transcribe = await fakeTranscribe(t, status, { __type: name, Message: message });

    const { kind, ...refused } = await transcribe.start(language);

    assert.equal(kind, 'refused');
    assert.partialDeepStrictEqual(refused, { gap, detail: `${name}: ${message}` });
  });
}

test('a used-up quota is not a refusal: it frees itself', async (t) => {
  const transcribe = await fakeTranscribe(t, 400, { __type: 'LimitExceededException', Message: 'too many' });

  await assert.rejects(transcribe.start(ENGLISH), RetryableError);
});

test('the words of a refusal are kept for operators, up to a limit', async (t) => {
  const transcribe = await fakeTranscribe(t, 400, {
    __type: 'BadRequestException',
    Message: 'x'.repeat(50_000),
  });

  const started = await transcribe.start(ENGLISH);

  assert.equal(started.kind === 'refused' && started.detail.length, 2000);
});

/** Gives every request the same answer, and records the requests. */
async function fakeTranscribe(t: TestContext, status: number, body: object) {
  const asked: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    void text(request).then((json) => {
      asked.push(JSON.parse(json));
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const client = new TranscribeClient({
    endpoint: `http://127.0.0.1:${address.port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  t.after(() => {
    client.destroy();
    server.close();
  });
  const startJob = transcribeStart(client, {
    recordingsBucket: 'recordings',
    transcriptsBucket: 'transcripts',
  });
  return {
    asked: () => asked,
    start: (language: JobLanguage) =>
      startJob({
        jobName: 'vmx3_c1',
        recordingKey: 'recordings/1.wav',
        transcriptKey: 'transcripts/1.json',
        language,
      }),
  };
}
