import { AwsError } from '../service.ts';

/** The errors with which a service refuses a signature. */
export interface Refusals {
  readonly notSigned: () => AwsError;
  readonly malformed: () => AwsError;
  /** Signed with version 2 of the signature. Absent: as if it were not signed. */
  readonly oldVersion?: () => AwsError;
  readonly unknownKey: (accessKeyId: string) => AwsError;
  readonly wrongToken: () => AwsError;
  readonly expiredToken: () => AwsError;
  /** The credential's scope names another Region than `expected`. */
  readonly wrongRegion: (given: string, expected: string) => AwsError;
  readonly skewed: (signedAt: string, nowMs: number) => AwsError;
  readonly wrongSignature: () => AwsError;
  readonly wrongBody: () => AwsError;
  /** Absent if unsigned `x-amz-` headers are accepted. */
  readonly unsignedHeaders?: (names: readonly string[]) => AwsError;
}

export function refusalsOf(service: string): Refusals {
  return service === 's3' ? S3 : OTHERS;
}

/** Source: Amazon S3 API Reference, "Error responses". */
const S3: Refusals = {
  notSigned: () => new AwsError('AccessDenied', 403, 'Access Denied'),
  malformed: () => new AwsError('AuthorizationHeaderMalformed', 400, 'The authorization header is malformed'),
  oldVersion: () =>
    new AwsError(
      'InvalidRequest',
      400,
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    ),
  unknownKey: (accessKeyId) =>
    new AwsError(
      'InvalidAccessKeyId',
      403,
      'The AWS Access Key Id you provided does not exist in our records.',
      {
        AWSAccessKeyId: accessKeyId,
      },
    ),
  wrongToken: () =>
    new AwsError('InvalidToken', 400, 'The provided token is malformed or otherwise invalid.'),
  expiredToken: () => new AwsError('ExpiredToken', 400, 'The provided token has expired.'),
  wrongRegion: (given, expected) =>
    new AwsError(
      'AuthorizationHeaderMalformed',
      400,
      `The authorization header is malformed; the region '${given}' is wrong; expecting '${expected}'`,
      { Region: expected },
    ),
  skewed: (signedAt, nowMs) =>
    new AwsError(
      'RequestTimeTooSkewed',
      403,
      'The difference between the request time and the current time is too large.',
      {
        RequestTime: signedAt,
        ServerTime: new Date(nowMs).toISOString(),
        MaxAllowedSkewMilliseconds: 900_000,
      },
    ),
  wrongSignature: () =>
    new AwsError(
      'SignatureDoesNotMatch',
      403,
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ),
  wrongBody: () =>
    new AwsError(
      'XAmzContentSHA256Mismatch',
      400,
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
  unsignedHeaders: (names) =>
    new AwsError('AccessDenied', 403, 'There were headers present in the request which were not signed', {
      HeadersNotSigned: names.join(', '),
    }),
};

const wrongSignature = () =>
  new AwsError(
    'InvalidSignatureException',
    403,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );

const unknownToken = () =>
  new AwsError('UnrecognizedClientException', 403, 'The security token included in the request is invalid.');

/** Source: AWS's "Common errors", the same list in every JSON service's API reference. */
const OTHERS: Refusals = {
  notSigned: () => new AwsError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token'),
  malformed: () =>
    new AwsError(
      'IncompleteSignatureException',
      403,
      'The request signature does not conform to AWS standards.',
    ),
  unknownKey: unknownToken,
  wrongToken: unknownToken,
  expiredToken: () =>
    new AwsError('ExpiredTokenException', 403, 'The security token included in the request is expired'),
  wrongRegion: () =>
    new AwsError('InvalidSignatureException', 403, 'Credential should be scoped to a valid region.'),
  skewed: (signedAt, nowMs) =>
    new AwsError(
      'InvalidSignatureException',
      403,
      `Signature expired: ${signedAt} is more than 15 minutes from ${new Date(nowMs).toISOString()}`,
    ),
  wrongSignature,
  wrongBody: wrongSignature,
};
