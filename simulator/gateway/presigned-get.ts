import type { Credentials } from './callers.ts';
import { signatureOf } from './signature-v4.ts';

/** A URL by which anybody can read an object of S3 for a while. Source: S3 user guide, "Presigned URLs". */
export function presignedGet({
  endpoint,
  object: { bucket, key },
  credentials: { accessKeyId, secretAccessKey, sessionToken },
  region,
  nowMs,
  expiresSeconds,
}: {
  endpoint: string;
  object: { readonly bucket: string; readonly key: string };
  credentials: Credentials;
  region: string;
  nowMs: number;
  expiresSeconds: number;
}): string {
  const url = new URL(`/${[bucket, ...key.split('/')].map(encodeURIComponent).join('/')}`, endpoint);
  const signedAt = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scopeDate = signedAt.slice(0, 8);
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${accessKeyId}/${scopeDate}/${region}/s3/aws4_request`,
    'X-Amz-Date': signedAt,
    'X-Amz-Expires': String(expiresSeconds),
    'X-Amz-SignedHeaders': 'host',
    ...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const request = {
    method: 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: { host: url.host },
  };
  const claim = {
    where: 'query',
    accessKeyId,
    scopeDate,
    region,
    service: 's3',
    signedHeaders: ['host'],
    signedAt,
    sessionToken,
    expires: String(expiresSeconds),
    payloadHash: 'UNSIGNED-PAYLOAD',
  } as const;
  url.searchParams.set('X-Amz-Signature', signatureOf(request, claim, secretAccessKey));
  return url.href;
}
