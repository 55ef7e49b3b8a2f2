/**
 * The one shape that every simulated AWS service has.
 *
 * The gateway finds the service by the name in the request's SigV4 credential scope, asks the service for
 * the operation (none: 501 that names what was asked for), checks the permissions that the operation needs,
 * and only then calls it.
 */
export interface Service {
  /** The SigV4 signing name: `s3`, `sqs`, `kinesisvideo`. */
  readonly name: string;
  /** The names of all its operations: `PutObject`. */
  readonly operations: readonly string[];
  /** Undefined: no operation fits. */
  readonly find: (request: ApiRequest) => Operation | undefined;
  /** The error as this service's protocol writes it. */
  readonly errorAnswer: (error: AwsError, request: ApiRequest) => ApiAnswer;
}

export interface Operation {
  /** As AWS spells it: `PutObject`. */
  readonly name: string;
  /** The permissions that the caller needs. If one is missing, the call is refused. */
  readonly needs: (request: ApiRequest) => readonly Permission[];
  readonly answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

/** IAM's, on one permission. */
export type Decision = 'allowed' | 'no-statement-allows' | 'explicitly-denied' | 'beyond-boundary';

export interface Permission {
  /** `s3:PutObject` */
  readonly action: string;
  /** The ARN of the resource, without wildcards; `*` if the action has no resource. */
  readonly resource: string;
  /** Condition keys of the request, such as `s3:prefix`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface ApiRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, without `aws-chunked` framing. */
  readonly body: Buffer;
  readonly caller: Caller;
  /** `media`: received on the second port, to which data endpoints point. */
  readonly port: 'main' | 'media';
  /** Aborted when the connection ends. Absent: the connection is not watched. */
  readonly left?: AbortSignal;
  /** Unique per request; sent back in the request id header. */
  readonly requestId: string;
}

export interface Caller {
  readonly accountId: string;
  /** `arn:aws:sts::111122223333:assumed-role/<role>/<session>` or the administrator's user ARN. */
  readonly arn: string;
  /** Of the user or role that has the policies. Absent: it is `arn`. */
  readonly principalArn?: string;
  /** For services that act with the caller's permissions later or elsewhere, as Transcribe does. */
  readonly isAllowed: (permission: Permission) => boolean;
  /** The same, and whether a statement denies. Absent: nothing is denied but what no statement allows. */
  readonly decide?: (permission: Permission) => Decision;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** An error with AWS's code and message. Every service throws these; the gateway sends them. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** `NoSuchKey` */
  readonly code: string;
  readonly status: number;
  /** Further members of the error's body. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, status: number, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
