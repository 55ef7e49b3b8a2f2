import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJobOrder } from './job-order.ts';

const REQUEST = {
  TranscriptionJobName: 'vm_1',
  Media: { MediaFileUri: 's3://recordings/1.wav' },
  LanguageCode: 'en-US',
  OutputBucketName: 'transcripts',
};

test('a request becomes an order', () => {
  const order = parseJobOrder({
    ...REQUEST,
    MediaFormat: 'wav',
    MediaSampleRateHertz: 8000,
    OutputKey: 'raw/',
  });

  assert.deepEqual(order, {
    name: 'vm_1',
    mediaUri: 's3://recordings/1.wav',
    language: { kind: 'given', code: 'en-US' },
    mediaFormat: 'wav',
    sampleRateHz: 8000,
    outputBucketName: 'transcripts',
    outputKey: 'raw/',
    outputKeyId: undefined,
    tags: undefined,
  });
});

test('the language can be left for Transcribe to identify', () => {
  const { LanguageCode: _, ...rest } = REQUEST;

  const any = parseJobOrder({ ...rest, IdentifyLanguage: true });
  const oneOf = parseJobOrder({ ...rest, IdentifyLanguage: true, LanguageOptions: ['en-GB', 'es-US'] });

  assert.deepEqual(any.language, { kind: 'identify', options: [] });
  assert.deepEqual(oneOf.language, { kind: 'identify', options: ['en-GB', 'es-US'] });
});

const REFUSED: readonly (readonly [what: string, change: object, message: RegExp])[] = [
  [
    'a name with a slash',
    { TranscriptionJobName: 'test/key' },
    /^1 validation error detected: Value 'test\/key' at 'transcriptionJobName' failed to satisfy constraint: Member must satisfy regular expression pattern: \^\[0-9a-zA-Z\._-\]\+$/,
  ],
  [
    'no name',
    { TranscriptionJobName: undefined },
    /^1 validation error detected: Value null at 'transcriptionJobName'/,
  ],
  ['a name that is too long', { TranscriptionJobName: 'a'.repeat(201) }, /less than or equal to 200$/],
  [
    'a language without region',
    { LanguageCode: 'en' },
    /^1 validation error detected: Value 'en' at 'languageCode' failed to satisfy constraint: Member must satisfy enum value set: \[ab-GE, .*, zu-ZA\]$/,
  ],
  ['no language', { LanguageCode: undefined }, /^You must include one of LanguageCode, IdentifyLanguage/],
  [
    'both a language and its identification',
    { IdentifyLanguage: true },
    /^You must include one of LanguageCode, IdentifyLanguage/,
  ],
  [
    'options for a given language',
    { LanguageOptions: ['en-US', 'es-US'] },
    /^LanguageOptions can only be used/,
  ],
  [
    'a single option',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US'] },
    /at 'languageOptions' failed to satisfy constraint: Member must have length greater than or equal to 2$/,
  ],
  [
    'two dialects of a language to choose from',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US', 'es-US', 'en-GB'] },
    /^You can only include one language dialect per language/,
  ],
  [
    'an unknown language option',
    { LanguageCode: undefined, IdentifyLanguage: true, LanguageOptions: ['en-US', 'de-AT'] },
    /^1 validation error detected: Value 'de-AT' at 'languageOptions' failed to satisfy constraint/,
  ],
  [
    'an unknown media format',
    { MediaFormat: 'wma' },
    /Value 'wma' at 'mediaFormat'.*\[mp3, mp4, wav, flac, ogg, amr, webm, m4a\]$/,
  ],
  [
    'too low a sample rate',
    { MediaSampleRateHertz: 4000 },
    /'mediaSampleRateHertz'.*greater than or equal to 8000$/,
  ],
  [
    'too high a sample rate',
    { MediaSampleRateHertz: 96_000 },
    /'mediaSampleRateHertz'.*less than or equal to 48000$/,
  ],
  ['no media', { Media: undefined }, /Value null at 'media'/],
  ['an output bucket with its scheme', { OutputBucketName: 's3://transcripts' }, /at 'outputBucketName'/],
  ['an output key with a colon', { OutputKey: 'us-east-1:1/' }, /Value 'us-east-1:1\/' at 'outputKey'/],
  ['an output key without a bucket', { OutputBucketName: undefined, OutputKey: 'raw/' }, /OutputBucketName/],
];
for (const [what, change, message] of REFUSED) {
  test(`${what} is refused at once`, () => {
    assert.throws(() => parseJobOrder({ ...REQUEST, ...change }), {
      code: 'BadRequestException',
      status: 400,
      message,
    });
  });
}

const NOT_SIMULATED: readonly (readonly [what: string, change: object])[] = [
  ['redaction', { ContentRedaction: { RedactionType: 'PII', RedactionOutput: 'redacted' } }],
  ['telling speakers apart', { Settings: { ShowSpeakerLabels: true, MaxSpeakerLabels: 2 } }],
  ['several languages', { LanguageCode: undefined, IdentifyMultipleLanguages: true }],
  ["the service's own output bucket", { OutputBucketName: undefined }],
];
for (const [what, change] of NOT_SIMULATED) {
  test(`${what} is not simulated, and the error says so`, () => {
    assert.throws(() => parseJobOrder({ ...REQUEST, ...change }), { code: 'NotImplemented', status: 501 });
  });
}
