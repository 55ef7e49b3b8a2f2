type Statuses = Readonly<Record<string, readonly number[]>>;

/** Errors that any operation may answer, which its model does not list. */
const OF_ANY: Statuses = {
  // Each service's API reference, "Common Errors". Services differ in 400 and 403.
  AccessDeniedException: [400, 403],
  ExpiredTokenException: [400, 403],
  IncompleteSignatureException: [400, 403],
  InternalFailure: [500],
  InvalidSignatureException: [400, 403],
  MissingAuthenticationTokenException: [400, 403],
  ServiceUnavailable: [503],
  ThrottlingException: [400, 429],
  UnrecognizedClientException: [400, 403],
  ValidationException: [400],
  // Smithy, "AWS JSON 1.0 protocol": a body that is not of the operation's form.
  SerializationException: [400],
  // An operation at the endpoint of another API; and with 501, not of AWS, what this simulator does not do.
  UnknownOperationException: [404, 501],
  NotImplemented: [501],
};

/** As `OF_ANY`, for services that speak AWS Query: the same page, where the names are shorter. */
const OF_QUERY: Statuses = {
  AccessDenied: [403],
  ExpiredToken: [403],
  IncompleteSignature: [400, 403],
  InvalidClientTokenId: [403],
  MissingParameter: [400],
  SignatureDoesNotMatch: [403],
  Throttling: [400],
  ValidationError: [400],
};

/** Further errors, by client. */
const OF_CLIENT: Readonly<Record<string, Statuses>> = {
  // Operations that declare no error for it are throttled with this one: service quotas, "API throttling".
  connect: { TooManyRequestsException: [429] },
  // Lambda Developer Guide, "Invocation errors".
  lambda: { TooManyRequestsException: [429] },
  // The codes that its JSON protocol has from its query protocol.
  sqs: { InvalidParameterValueException: [400], MissingRequiredParameterException: [400] },
  // SES API v2, "Common Errors".
  sesv2: { InternalServiceErrorException: [500] },
  // The API reference lists S3's errors on one page for all operations: "Error responses".
  s3: {
    AccessDenied: [403],
    AuthorizationHeaderMalformed: [400],
    AuthorizationQueryParametersError: [400],
    BadDigest: [400],
    BucketAlreadyExists: [409],
    BucketAlreadyOwnedByYou: [409],
    BucketNotEmpty: [409],
    ConditionalRequestConflict: [409],
    EntityTooLarge: [400],
    EntityTooSmall: [400],
    ExpiredToken: [400],
    IncompleteBody: [400],
    InternalError: [500],
    InvalidAccessKeyId: [403],
    InvalidArgument: [400],
    InvalidBucketName: [400],
    InvalidDigest: [400],
    InvalidObjectState: [403],
    InvalidPart: [400],
    InvalidPartNumber: [416],
    InvalidPartOrder: [400],
    InvalidRange: [416],
    InvalidRequest: [400],
    InvalidTag: [400],
    InvalidToken: [400],
    'KMS.DisabledException': [400],
    'KMS.KMSInvalidStateException': [400],
    'KMS.NotFoundException': [400],
    KeyTooLongError: [400],
    MalformedPolicy: [400],
    MalformedXML: [400],
    MetadataTooLarge: [400],
    MethodNotAllowed: [405],
    MissingContentLength: [411],
    NoSuchBucket: [404],
    NoSuchBucketPolicy: [404],
    NoSuchCORSConfiguration: [404],
    NoSuchKey: [404],
    NoSuchLifecycleConfiguration: [404],
    NoSuchPublicAccessBlockConfiguration: [404],
    NoSuchTagSet: [404],
    NoSuchUpload: [404],
    NoSuchVersion: [404],
    NoSuchWebsiteConfiguration: [404],
    ObjectLockConfigurationNotFoundError: [404],
    OwnershipControlsNotFoundError: [404],
    PreconditionFailed: [412],
    ReplicationConfigurationNotFoundError: [404],
    RequestTimeTooSkewed: [403],
    RequestTimeout: [400],
    RestoreAlreadyInProgress: [409],
    ServerSideEncryptionConfigurationNotFoundError: [404],
    SignatureDoesNotMatch: [403],
    SlowDown: [503],
    TooManyBuckets: [400],
    XAmzContentSHA256Mismatch: [400],
  },
};

/** Whether an error may come though the operation does not name it. */
export function isCommon({ client, protocol }: Service, code: string, status: number): boolean {
  const lists = [OF_ANY, OF_CLIENT[client], protocol === 'query' ? OF_QUERY : undefined];
  return lists.some((statuses) => statuses?.[code]?.includes(status));
}

interface Service {
  readonly client: string;
  readonly protocol: string;
}
