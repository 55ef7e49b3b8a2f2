import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { attachableRecordings, presignedRecordings } from './presigned-recordings.ts';

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

/** As CloudFormation names it in a stack of the usual name. */
const BUCKET = 'voicemailexpress-recordings7b1f3c55-0a1b2c3d4e5f';

for (const region of REGIONS.split(' ')) {
  test(`a recording in ${region} can be attached if the session token has up to 1,380 characters`, async () => {
    const lengths = [await attachedWith(region, 1380), await attachedWith(region, 1420)];

    assert.deepEqual(
      lengths.map((length) => length <= 2000),
      [true, false],
      lengths.join(),
    );
  });
}

/** The length of a URL that is signed with the credentials of a role, whose session has a token of that length. */
async function attachedWith(region: string, tokenChars: number): Promise<number> {
  const bytes = Array.from({ length: 20 }, (_, index) => createHash('sha512').update(`${index}`).digest());
  const sessionToken = Buffer.concat(bytes).toString('base64').slice(0, tokenChars);
  assert.equal(sessionToken.length, tokenChars);
  const s3 = new S3Client({ region, credentials: { ...credentials, sessionToken } });
  return (await attachableRecordings(s3, BUCKET)(KEY)).length;
}
