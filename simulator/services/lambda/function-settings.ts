/** A function as the template describes it, every reference resolved. */
export interface FunctionSettings {
  /** The logical id in the template; what happenings and logs call it. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** Where its bundle lies, and `index.handler`. */
  readonly folder: string;
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** The most invocations at one time; more are throttled. */
  readonly reservedConcurrency?: number;
  /** All the variables its code sees: see `environmentVariables`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What becomes of an event handed over without waiting for the answer. */
export interface AsyncSettings {
  /** 0 to 2. */
  readonly maxRetries: number;
  readonly maxEventAgeMs: number;
  readonly onFailure?: Destination;
  readonly onSuccess?: Destination;
}

/** Takes the record of an asynchronous invocation that came to its end. */
export type Destination = (record: Readonly<Record<string, unknown>>) => void | Promise<void>;
