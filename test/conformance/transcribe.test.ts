import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteTranscriptionJobCommand,
  GetTranscriptionJobCommand,
  ListTranscriptionJobsCommand,
  StartTranscriptionJobCommand,
  type StartTranscriptionJobCommandInput,
  TranscribeClient,
  type TranscriptionJob,
} from '@aws-sdk/client-transcribe';
import { writeWav } from '../../simulator/audio/write-wav.ts';
import { createClock } from '../../simulator/clock.ts';
import { createHappenings } from '../../simulator/happenings.ts';
import { createStandInRecognizer } from '../../simulator/recognizer/stand-in-recognizer.ts';
import { createEventBridge } from '../../simulator/services/eventbridge/eventbridge.ts';
import { createS3 } from '../../simulator/services/s3/s3.ts';
import { createTranscribe } from '../../simulator/services/transcribe/transcribe.ts';
import { simulatorOnly, startTarget, type Target } from './setup.ts';

/** Holds recordings and takes transcripts. To run this against AWS, create one and name it here. */
const Bucket = process.env['CONFORMANCE_BUCKET'] ?? 'voicemail-conformance';
const RUN = randomUUID();
const SPOKEN = 'Hi, this is Robert Jones.';
const ACCESS_CHECK = '.write_access_check_file.temp';

const clock = createClock('real');
const happenings = createHappenings();
const bus = createEventBridge({ clock, happenings });
let folder: string;
let target: Target;
let s3: S3Client;
let transcribe: TranscribeClient;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcribe-conformance-'));
  const storage = createS3({ clock, happenings, folder, onEvent: bus.put });
  storage.createBucket({ name: Bucket, versioned: false, eventBridge: true });
  const recognizer = createStandInRecognizer((wav) => (wav.subarray(44).some(Boolean) ? SPOKEN : ''));
  const simulated = createTranscribe({ clock, happenings, s3: storage, bus, recognizer });
  target = await startTarget([storage.service, simulated.service], { clock, happenings });
  s3 = new S3Client(target.client);
  transcribe = new TranscribeClient({ ...target.client, maxAttempts: 1 });

  const spoken = await readFile(new URL('../../samples/missing-order.wav', import.meta.url));
  await put('spoken.wav', spoken);
  await put('silent.wav', writeWav(new Int16Array(16_000)));
});

after(async () => {
  s3.destroy();
  transcribe.destroy();
  await target.close();
  await rm(folder, { recursive: true });
});

test('a recording becomes a transcript in the requested place', async () => {
  const started = await start('spoken', { OutputKey: `${RUN}/exact/vm.json` });
  const job = await ended('spoken');

  assert.match(started?.TranscriptionJobStatus ?? '', /^(QUEUED|IN_PROGRESS)$/);
  assert.ok(started?.CreationTime instanceof Date);
  assert.equal(job.TranscriptionJobStatus, 'COMPLETED');
  assert.equal(job.LanguageCode, 'en-US');
  assert.ok(job.CompletionTime && started.CreationTime <= job.CompletionTime);
  assert.ok(job.Transcript?.TranscriptFileUri?.endsWith(`/${Bucket}/${RUN}/exact/vm.json`));
  const { ContentType } = await s3.send(new HeadObjectCommand({ Bucket, Key: `${RUN}/exact/vm.json` }));
  assert.equal(ContentType, 'application/json');
});

test('a transcript has items with texts for numbers, and segments that name them', async () => {
  await start('shape', { OutputKey: `${RUN}/shape/` });
  await ended('shape');

  const document = await transcriptAt(`${RUN}/shape/${nameOf('shape')}.json`);

  assert.equal(document.jobName, nameOf('shape'));
  assert.equal(document.status, 'COMPLETED');
  assert.ok(document.results.transcripts[0].transcript.startsWith('Hi, this is Robert Jones.'));
  const [first, comma] = document.results.items;
  assert.equal(first.id, 0);
  assert.equal(first.type, 'pronunciation');
  assert.match(first.start_time, /^\d+\.\d+$/);
  assert.match(first.alternatives[0].confidence, /^[01]\.\d+$/);
  assert.deepEqual(comma, {
    id: 1,
    type: 'punctuation',
    alternatives: [{ confidence: '0.0', content: ',' }],
  });
  assert.equal(document.results.audio_segments[0].items[0], 0);
});

test('a file that only tests for write access is left in the folder of the transcript', async () => {
  await start('check', { OutputKey: `${RUN}/check` });
  await ended('check');

  await s3.send(new HeadObjectCommand({ Bucket, Key: `${RUN}/check/${ACCESS_CHECK}` }));
  await s3.send(new HeadObjectCommand({ Bucket, Key: `${RUN}/check/${nameOf('check')}.json` }));
});

test('silence is a transcript without words', async () => {
  await start('silent', { Media: media('silent.wav'), OutputKey: `${RUN}/silent/vm.json` });
  const job = await ended('silent');

  const { results } = await transcriptAt(`${RUN}/silent/vm.json`);
  assert.equal(job.TranscriptionJobStatus, 'COMPLETED');
  assert.deepEqual([results.transcripts, results.items], [[{ transcript: '' }], []]);
});

test('silence in which a language is to be identified fails the job', async () => {
  await start('silent-any', {
    Media: media('silent.wav'),
    LanguageCode: undefined,
    IdentifyLanguage: true,
    OutputKey: `${RUN}/silent-any/vm.json`,
  });
  const job = await ended('silent-any');

  assert.equal(job.TranscriptionJobStatus, 'FAILED');
  assert.match(job.FailureReason ?? '', /speech segment long enough in duration/);
});

test('an identified language is named in the job and in the transcript', async () => {
  await start('identified', {
    LanguageCode: undefined,
    IdentifyLanguage: true,
    LanguageOptions: ['en-US', 'es-US'],
    OutputKey: `${RUN}/identified/vm.json`,
  });
  const job = await ended('identified');

  const { results } = await transcriptAt(`${RUN}/identified/vm.json`);
  assert.equal(job.LanguageCode, 'en-US');
  assert.equal(job.IdentifyLanguage, true);
  assert.ok((job.IdentifiedLanguageScore ?? 0) > 0.5);
  assert.equal(results.language_code, 'en-US');
});

test('a wrong media format fails the job, and nothing is written', async () => {
  await start('mp3', { MediaFormat: 'mp3', OutputKey: `${RUN}/mp3/vm.json` });
  const job = await ended('mp3');

  assert.equal(job.TranscriptionJobStatus, 'FAILED');
  assert.match(
    job.FailureReason ?? '',
    /^The media format provided does not match the detected media format/,
  );
  await assert.rejects(transcriptAt(`${RUN}/mp3/vm.json`), { name: 'NoSuchKey' });
});

test('a name is taken permanently, also by a job that has failed', async () => {
  await start('once', { MediaFormat: 'mp3' });
  await ended('once');

  await assert.rejects(start('once'), {
    name: 'ConflictException',
    message: /^The requested job name already exists/,
  });
});

const REFUSED: readonly (readonly [
  what: string,
  change: Partial<Record<keyof StartTranscriptionJobCommandInput, unknown>>,
  message: RegExp,
])[] = [
  [
    'a name with a slash',
    { TranscriptionJobName: 'a/b' },
    /'transcriptionJobName' failed to satisfy constraint/,
  ],
  ['a language without its region', { LanguageCode: 'en' }, /Value 'en' at 'languageCode' failed to satisfy/],
  ['an unknown language', { LanguageCode: 'de-AT' }, /Value 'de-AT' at 'languageCode' failed to satisfy/],
  [
    'one language to choose from',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US'] },
    /languageOptions/,
  ],
  [
    'two dialects of a language to choose from',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US', 'en-GB'] },
    /one language dialect per language/,
  ],
  [
    'an unknown language option',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US', 'de-AT'] },
    /Value 'de-AT' at 'languageOptions' failed to satisfy/,
  ],
  ['no language at all', { LanguageCode: undefined }, /./],
  ['a language both given and to be identified', { IdentifyLanguage: true }, /./],
  [
    'a recording that is not there',
    { Media: media('none.wav') },
    /The URI that you provided|can't be accessed/,
  ],
  ['an output bucket that is not there', { OutputBucketName: `none-${RUN}` }, /can't be accessed|exist/],
];
for (const [what, change, message] of REFUSED) {
  test(`${what} is refused when the job is started`, async () => {
    await assert.rejects(start(randomUUID(), change), { name: 'BadRequestException', message });
  });
}

test('an unknown job is not found', async () => {
  const TranscriptionJobName = nameOf('unknown');

  await assert.rejects(
    transcribe.send(new GetTranscriptionJobCommand({ TranscriptionJobName })),
    (error) => error instanceof Error && /^(BadRequest|NotFound)Exception$/.test(error.name),
  );
  await assert.rejects(transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName })), {
    name: 'BadRequestException',
  });
});

test('a job that has ended can be deleted, and its transcript stays', async () => {
  const TranscriptionJobName = nameOf('deleted');
  await start('deleted', { OutputKey: `${RUN}/deleted/vm.json` });
  await ended('deleted');

  await transcribe.send(new DeleteTranscriptionJobCommand({ TranscriptionJobName }));

  await assert.rejects(transcribe.send(new GetTranscriptionJobCommand({ TranscriptionJobName })));
  assert.equal((await transcriptAt(`${RUN}/deleted/vm.json`)).jobName, TranscriptionJobName);
});

test('jobs are listed from the newest on, in pages, by a part of their name', async () => {
  for (const name of ['list-1', 'list-2', 'list-3']) await start(name, { MediaFormat: 'mp3' });
  const query = { JobNameContains: `${RUN}-LIST`, MaxResults: 2 };

  const first = await transcribe.send(new ListTranscriptionJobsCommand(query));
  const second = await transcribe.send(
    new ListTranscriptionJobsCommand({ ...query, NextToken: first.NextToken }),
  );

  assert.deepEqual(
    [first, second].map(({ TranscriptionJobSummaries: jobs = [] }) =>
      jobs.map((job) => job.TranscriptionJobName),
    ),
    [[nameOf('list-3'), nameOf('list-2')], [nameOf('list-1')]],
  );
  assert.equal(second.NextToken, undefined);
  assert.equal(first.TranscriptionJobSummaries?.[0]?.OutputLocationType, 'CUSTOMER_BUCKET');
});

test('the bus gets the events of both files and of the end of the job', simulatorOnly, async () => {
  const heard: unknown[] = [];
  const { promise: end, resolve: bell } = Promise.withResolvers<void>();
  bus.addRule({
    name: 'everything',
    eventPattern: {
      $or: [
        { detail: { object: { key: [{ prefix: `${RUN}/bus/` }] } } },
        { detail: { TranscriptionJobName: [nameOf('bus')] } },
      ],
    },
    enabled: true,
    targets: [
      (event) => {
        assert.ok(typeof event === 'object' && event !== null && 'detail-type' in event);
        heard.push(event['detail-type']);
        if (event['detail-type'] === 'Transcribe Job State Change') bell();
      },
    ],
  });

  await start('bus', { OutputKey: `${RUN}/bus/vm.json` });
  await end;

  assert.deepEqual(heard, ['Object Created', 'Object Created', 'Transcribe Job State Change']);
});

test(
  'the recording is read with the permissions of the caller who starts the job',
  simulatorOnly,
  async () => {
    const role = clientFor('arn:aws:iam::111122223333:role/start-only', [
      { Effect: 'Allow', Action: 'transcribe:StartTranscriptionJob', Resource: '*' },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' },
    ]);

    await assert.rejects(start('rights', {}, role), {
      name: 'BadRequestException',
      message: /^The S3 URI that you provided can't be accessed\./,
    });
    role.destroy();
  },
);

test('starting a job must be allowed for its name', simulatorOnly, async () => {
  const role = clientFor('arn:aws:iam::111122223333:role/other-jobs', [
    {
      Effect: 'Allow',
      Action: 'transcribe:StartTranscriptionJob',
      Resource: 'arn:aws:transcribe:us-east-1:111122223333:transcription-job/other_*',
    },
  ]);

  await assert.rejects(start('denied', {}, role), { name: 'AccessDeniedException' });
  role.destroy();
});

function nameOf(name: string): string {
  return `${RUN}-${name}`;
}

function media(key: string) {
  return { MediaFileUri: `s3://${Bucket}/${RUN}/${key}` };
}

async function put(key: string, body: Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket, Key: `${RUN}/${key}`, Body: body }));
}

async function start(name: string, change: object = {}, client = transcribe) {
  const { TranscriptionJob: job } = await client.send(
    new StartTranscriptionJobCommand({
      TranscriptionJobName: nameOf(name),
      Media: media('spoken.wav'),
      LanguageCode: 'en-US',
      OutputBucketName: Bucket,
      OutputKey: `${RUN}/`,
      ...change,
    }),
  );
  return job;
}

/** Asks until the job has ended: a round trip each time, and seconds of waiting with AWS. */
async function ended(name: string): Promise<TranscriptionJob> {
  for (;;) {
    const { TranscriptionJob: job } = await transcribe.send(
      new GetTranscriptionJobCommand({ TranscriptionJobName: nameOf(name) }),
    );
    if (job?.TranscriptionJobStatus === 'COMPLETED' || job?.TranscriptionJobStatus === 'FAILED') return job;
  }
}

async function transcriptAt(key: string) {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

function clientFor(
  arn: string,
  statements: Parameters<Target['gateway']['identities']['addRole']>[0]['statements'],
) {
  const credentials = target.gateway.identities.addRole({ arn, statements });
  return new TranscribeClient({ ...target.client, credentials, maxAttempts: 1 });
}
