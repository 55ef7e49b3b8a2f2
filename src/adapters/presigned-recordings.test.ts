import assert from 'node:assert/strict';
import { test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { presignedRecordings } from './presigned-recordings.ts';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
const KEY = 'recordings/2026/03/04/c0ffee00-0000-4000-8000-0000000000c1.wav';

/** Regions with Amazon Connect. Source: AWS General Reference, "Amazon Connect endpoints and quotas". */
const REGIONS =
  'us-east-1 us-west-2 us-gov-west-1 ca-central-1 eu-central-1 eu-west-2 af-south-1 ' +
  'ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-southeast-2';

for (const region of REGIONS.split(' ')) {
  test(`a recording in ${region} is played from there, signed for there`, async () => {
    const presign = presignedRecordings(new S3Client({ region, credentials }), 'acme');

    const url = new URL(await presign(KEY, 'GET'));

    assert.equal(url.origin, `https://acme.s3.${region}.amazonaws.com`);
    assert.equal(url.pathname, `/${KEY}`);
    assert.match(url.searchParams.get('X-Amz-Credential') ?? '', new RegExp(`/${region}/s3/aws4_request$`));
  });
}
