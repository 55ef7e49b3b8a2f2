/** A function as the template describes it, every reference resolved. */
export interface FunctionSettings {
  /** The logical id in the template. Happenings and logs use it. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** The folder of its bundle, and `index.handler`. */
  readonly folder: string;
  readonly handler: string;
  /** Absent: `nodejs24.x`, the one that the simulator runs. */
  readonly runtime?: string;
  readonly roleArn?: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** The most invocations at a time; more are throttled. */
  readonly reservedConcurrency?: number;
  /** All environment variables of its code: see `environmentVariables`. */
  readonly environment: Readonly<Record<string, string>>;
  /** What only descriptions show. */
  readonly details?: FunctionDetails;
}

interface FunctionDetails {
  readonly description?: string;
  readonly architectures: readonly string[];
  readonly logFormat: string;
  /** With the format JSON. */
  readonly logLevels?: { readonly application: string; readonly system: string };
  readonly logGroup: string;
  /** Those of the environment variables that the template sets. */
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly changedAtMs: number;
}

/** Retries and destinations of asynchronous invocations. */
export interface AsyncSettings {
  /** 0 to 2. */
  readonly maxRetries: number;
  readonly maxEventAgeMs: number;
  readonly onFailure?: Destination;
  readonly onSuccess?: Destination;
  /** What only descriptions show. */
  readonly details?: {
    readonly changedAtMs: number;
    readonly onFailureArn?: string;
    readonly onSuccessArn?: string;
  };
}

/** Gets the record of an asynchronous invocation that succeeded or was given up. */
export type Destination = (record: Readonly<Record<string, unknown>>) => void | Promise<void>;
