import type { CallingInvocation } from '../../gateway/fault.ts';
import type { Account } from '../../account.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { InvocationResult, InvokeOptions } from './invoker.ts';

/** What the operations work on. */
export interface LambdaParts {
  /** Throws AwsError ResourceNotFoundException. */
  readonly requireFunction: (nameOrArn: string) => FunctionSettings;
  readonly account: Account;
  readonly mappings: EventSourceMappings;
  readonly invoke: (
    functionArn: string,
    payload: string,
    options: InvokeOptions,
  ) => Promise<InvocationResult>;
  /** Invokes a function asynchronously, with retries. */
  readonly submit: (functionArn: string, payload: string, requestId: string) => void;
  /** The running invocation that sends this `x-amzn-trace-id` with its calls. */
  readonly invocationOf: (traceHeader: string | undefined) => CallingInvocation | undefined;
}
