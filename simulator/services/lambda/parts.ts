import type { CallingInvocation } from '../../gateway/fault.ts';
import type { Account } from '../../account.ts';
import type { EventSourceMappings } from './event-source-mappings.ts';
import type { LambdaLimits } from '../../world/account-state.ts';
import type { AsyncInvocations } from './async-invocations.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { DescribableFunction } from './foreign-functions.ts';
import type { FunctionPolicies } from './function-policies.ts';
import type { FunctionUrls } from './function-urls.ts';
import type { InvocationResult, InvokeOptions } from './invoker.ts';

/** What the operations work on. */
export interface LambdaParts {
  /** Throws AwsError ResourceNotFoundException. */
  readonly requireFunction: (nameOrArn: string) => FunctionSettings;
  readonly account: Account;
  readonly mappings: EventSourceMappings;
  readonly urls: FunctionUrls;
  readonly asyncSettings: AsyncInvocations['find'];
  readonly policies: FunctionPolicies;
  /** Those that run, and those that are only there. */
  readonly describable: () => readonly DescribableFunction[];
  /** Puts new settings in the place of a function's old ones. */
  readonly replace: (settings: FunctionSettings) => void;
  readonly limits: LambdaLimits;
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
