import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMediaUri } from './media-uri.ts';
import { outputLocation } from './output-location.ts';

const OUTPUTS: readonly (readonly [
  outputKey: string | undefined,
  transcript: string,
  accessCheck: string,
])[] = [
  [undefined, 'vm_1.json', '.write_access_check_file.temp'],
  ['raw/', 'raw/vm_1.json', 'raw/.write_access_check_file.temp'],
  ['raw', 'raw/vm_1.json', 'raw/.write_access_check_file.temp'],
  ['raw/2026/', 'raw/2026/vm_1.json', 'raw/2026/.write_access_check_file.temp'],
  ['raw/abc.json', 'raw/abc.json', 'raw/.write_access_check_file.temp'],
  ['abc.json', 'abc.json', '.write_access_check_file.temp'],
];
for (const [outputKey, transcript, accessCheck] of OUTPUTS) {
  test(`with output key ${outputKey ?? 'left out'} the transcript is ${transcript}`, () => {
    const location = outputLocation({ name: 'vm_1', outputBucketName: 'transcripts', outputKey });

    assert.deepEqual(location, {
      transcript: { bucket: 'transcripts', key: transcript },
      accessCheck: { bucket: 'transcripts', key: accessCheck },
    });
  });
}

for (const uri of [
  's3://recordings/2026/a b.wav',
  'https://recordings.s3.us-east-1.amazonaws.com/2026/a%20b.wav',
  'https://recordings.s3-us-east-1.amazonaws.com/2026/a%20b.wav',
  'https://recordings.s3.amazonaws.com/2026/a%20b.wav',
  'https://s3.us-east-1.amazonaws.com/recordings/2026/a%20b.wav',
  'https://s3.amazonaws.com/recordings/2026/a%20b.wav',
]) {
  test(`${uri} is an object in a bucket`, () => {
    assert.deepEqual(parseMediaUri(uri, 'us-east-1'), { bucket: 'recordings', key: '2026/a b.wav' });
  });
}

test('a bucket with dots in its name keeps them', () => {
  const uri = 'https://acme.recordings.s3.us-east-1.amazonaws.com/a.wav';

  assert.deepEqual(parseMediaUri(uri, 'us-east-1'), { bucket: 'acme.recordings', key: 'a.wav' });
});

for (const uri of [
  'recordings/a.wav',
  's3://recordings/',
  'https://example.com/a.wav',
  'ftp://s3.amazonaws.com/b/a',
]) {
  test(`${uri} is no object`, () => {
    assert.throws(() => parseMediaUri(uri, 'us-east-1'), {
      code: 'BadRequestException',
      message: /^The URI that you provided doesn't point to an S3 object\./,
    });
  });
}

test('a recording in another region is refused with the name of this one', () => {
  assert.throws(() => parseMediaUri('https://recordings.s3.eu-central-1.amazonaws.com/a.wav', 'us-east-1'), {
    code: 'BadRequestException',
    message:
      "The specified S3 bucket isn't in the same region. Make sure the bucket is in the us-east-1 region and try your request again.",
  });
});
