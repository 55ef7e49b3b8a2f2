import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authenticate } from './authenticate.ts';
import { createIdentities } from './iam.ts';
import type { SignatureClaim } from './signature-v4.ts';

const identities = createIdentities();
const nowMs = Date.UTC(2026, 2, 4, 14, 1, 58);
const request = { method: 'GET', path: '/', query: new URLSearchParams(), headers: {}, rawBody: Buffer.of() };

test('a signature for another Region is refused, and S3 says which one it expects', () => {
  assert.throws(() => check({ service: 's3', region: 'ap-south-2' }), {
    code: 'AuthorizationHeaderMalformed',
    status: 400,
    message: "The authorization header is malformed; the region 'ap-south-2' is wrong; expecting 'us-east-1'",
    members: { Region: 'us-east-1' },
  });
  assert.throws(() => check({ service: 'sqs', region: 'ap-south-2' }), {
    code: 'InvalidSignatureException',
    status: 403,
    message: 'Credential should be scoped to a valid region.',
  });
});

test('a date that does not exist is the caller’s mistake', () => {
  const impossible = { service: 's3', scopeDate: '20269999', signedAt: '20269999T999999Z' };

  assert.throws(() => check({ ...impossible, where: 'query', expires: '60' }), {
    code: 'AuthorizationQueryParametersError',
    status: 400,
  });
  assert.throws(() => check(impossible), { code: 'AuthorizationHeaderMalformed', status: 400 });
});

function check(changes: Partial<SignatureClaim>) {
  const claim: SignatureClaim = {
    where: 'header',
    accessKeyId: identities.administrator.accessKeyId,
    scopeDate: '20260304',
    region: 'us-east-1',
    service: 's3',
    signedHeaders: ['host'],
    signature: 'f'.repeat(64),
    signedAt: '20260304T140158Z',
    sessionToken: undefined,
    expires: undefined,
    payloadHash: 'UNSIGNED-PAYLOAD',
    ...changes,
  };
  return authenticate(request, claim, { identities, nowMs });
}
