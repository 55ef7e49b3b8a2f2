/**
 * The one shape that every simulated AWS service has.
 *
 * The gateway finds the service by the name in the request's SigV4 credential
 * scope, asks it which operation is meant (none: 501 with what was asked), lets
 * IAM decide on what the operation needs, and only then has it answer.
 */
export interface Service {
  /** The SigV4 signing name: `s3`, `sqs`, `kinesisvideo`. */
  readonly name: string;
  /** The names of everything that can be asked of it: `PutObject`. */
  readonly operations: readonly string[];
  /** Undefined: none of them. */
  readonly find: (request: ApiRequest) => Operation | undefined;
  /** The error as this service's protocol writes it. */
  readonly errorAnswer: (error: AwsError, request: ApiRequest) => ApiAnswer;
}

export interface Operation {
  /** As AWS spells it: `PutObject`. */
  readonly name: string;
  /** What the caller's policies must allow. All of it, or the call is refused. */
  readonly needs: (request: ApiRequest) => readonly Permission[];
  readonly answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>;
}

export interface Permission {
  /** `s3:PutObject` */
  readonly action: string;
  /** The ARN of what is acted upon, without wildcards; `*` where the action knows no resource. */
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
  /** Whole, and already freed of `aws-chunked` framing. */
  readonly body: Buffer;
  readonly caller: Caller;
  /** `media`: came in on the second port, the one data endpoints point at. */
  readonly port: 'main' | 'media';
  /** Aborted when the connection that it came on ends. Absent: nobody looks. */
  readonly left?: AbortSignal;
  /** Unique per request; answered as the request id header. */
  readonly requestId: string;
}

export interface Caller {
  readonly accountId: string;
  /** `arn:aws:sts::111122223333:assumed-role/<role>/<session>` or the administrator's user ARN. */
  readonly arn: string;
  /** For services that act with the caller's rights later or elsewhere, as Transcribe does. */
  readonly isAllowed: (permission: Permission) => boolean;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** An error as AWS words it. Every service throws these; the gateway has them written out. */
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
