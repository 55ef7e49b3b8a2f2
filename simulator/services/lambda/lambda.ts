import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { CallingInvocation } from '../../gateway/fault.ts';
import type { Happenings } from '../../happenings.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { AccountState } from '../../world/account-state.ts';
import { type ApiAnswer, AwsError, type Service } from '../../service.ts';
import { createAsyncInvocations } from './async-invocations.ts';
import { createEventSourceMappings, type EventSourceMappings } from './event-source-mappings.ts';
import type { AsyncSettings, FunctionSettings } from './function-settings.ts';
import { createFunctionPolicies, type FunctionPolicies } from './function-policies.ts';
import { createFunctionUrls, type UrlSettings } from './function-urls.ts';
import type { OpenRequest } from './http-event.ts';
import { foreignFunctions } from './foreign-functions.ts';
import { createInvoker, type InvocationResult, type InvokeOptions } from './invoker.ts';
import { createLogLines, type LoggedLine } from './log-lines.ts';
import { lambdaService } from './operations.ts';

/** The most workers at a time. Lambda's default is 1,000 concurrent executions per account and region. */
const MAX_ENVIRONMENTS = 32;

export interface SimulatedLambda {
  readonly service: Service;
  /** A function's name by its logical id. Returns the id if there is no such function. */
  readonly nameOf: (functionId: string) => string;
  /** Also for other settings of a function that is there: its running invocations end with the old ones. */
  readonly createFunction: (settings: FunctionSettings) => void;
  /** Running invocations go on. Throws AwsError ResourceNotFoundException. */
  readonly deleteFunction: (functionArn: string) => void;
  /** Replaces what `Event` invocations of it get by default: two retries, six hours, no destination. */
  readonly configureAsync: (functionArn: string, settings: AsyncSettings) => void;
  /** Gives it the default again. */
  readonly resetAsync: (functionArn: string) => void;
  /**
   * Invokes a function and waits. `payload` is JSON, here and in the answer.
   *
   * Throws AwsError ResourceNotFoundException, and TooManyRequestsException over the reserved concurrency.
   * An error of the function is part of the answer and is not thrown.
   */
  readonly invoke: (
    functionArn: string,
    payload: string,
    options?: InvokeOptions,
  ) => Promise<InvocationResult>;
  /** Invokes a function asynchronously, with retries. Throws AwsError ResourceNotFoundException. */
  readonly invokeAsync: (functionArn: string, payload: string) => void;
  /** What reads for functions: what a stack brings, and what others have. */
  readonly mappings: EventSourceMappings;
  readonly policies: FunctionPolicies;
  readonly createUrl: (url: UrlSettings) => void;
  readonly deleteUrl: (urlId: string, functionArn: string) => void;
  /** Handles an HTTP request to a function URL; any other path gets 404. */
  readonly openUrl: (request: OpenRequest) => Promise<ApiAnswer>;
  /** By a function's logical id: its last lines, of all its environments together. */
  readonly logs: (functionId: string) => readonly string[];
  /** Its next invocations fail before the handler runs, as with a broken bundle. */
  readonly crashNext: (functionId: string, times: number) => void;
  /** Makes a function's next invocation start cold, as after AWS has ended idle environments. */
  readonly coolDown: (functionId: string) => void;
  /** By a function's logical id: bytes in the heap of its largest idle environment. */
  readonly heapBytes: () => Promise<ReadonlyMap<string, number>>;
  /** The running invocation that sends this `x-amzn-trace-id` with its calls. */
  readonly invocationOf: (traceHeader: string | undefined) => CallingInvocation | undefined;
  /** Ends every worker. Running invocations are cut off. */
  readonly close: () => Promise<void>;
}

/**
 * AWS Lambda: runs the deployed bundles in workers.
 *
 * Not simulated: versions and aliases (there is `$LATEST`), layers, response streaming, changing functions
 * over the API, every operation that is not in `operations.ts`. What else may be asked shows what the
 * template says; the size and hash of the code are left out. Source: Lambda developer guide and API reference.
 */
export function createLambda({
  clock,
  happenings,
  account = LAPTOP_ACCOUNT,
  state: { eventSourceMappings: foreignMappings = [], ...state } = {},
  maxEnvironments = MAX_ENVIRONMENTS,
  onBug = console.error,
  onLog = () => {},
}: {
  clock: Clock;
  happenings: Happenings;
  account?: Account;
  /** Functions and mappings that are listed and do not run, and what the account may run at once. */
  state?: Pick<AccountState, 'eventSourceMappings' | 'functions' | 'lambda'>;
  maxEnvironments?: number;
  /** Called with an error of background work, such as a destination that fails. */
  onBug?: (error: unknown) => void;
  /** Called with every line for a function's log stream, also those of Lambda itself. */
  onLog?: (logged: LoggedLine) => void;
}): SimulatedLambda {
  const functions = new Map<string, FunctionSettings>();
  const onLine = (functionId: string, line: string) =>
    happenings.tell({ kind: 'log', atMs: clock.now(), functionId, line });
  const logLines = createLogLines({ onLine, onLog });
  const invoker = createInvoker({ clock, happenings, logLines, maxEnvironments });
  const invoke = (functionArn: string, payload: string, options: InvokeOptions = {}) =>
    invoker.invoke(requireFunction(functionArn), payload, options);
  const asyncInvocations = createAsyncInvocations({ clock, invoke, onBug });
  const urls = createFunctionUrls({ clock, invoke });
  const mappings = createEventSourceMappings({ account, now: clock.now, foreign: foreignMappings });
  const policies = createFunctionPolicies();
  const requireFunction = (nameOrArn: string) => functionIn(functions, nameOrArn);

  return {
    service: lambdaService({
      requireFunction,
      mappings,
      urls,
      asyncSettings: asyncInvocations.find,
      policies,
      describable: () => [...functions.values(), ...foreignFunctions(state.functions, account)],
      replace: (settings) => void functions.set(settings.arn, settings),
      limits: state.lambda ?? {},
      account,
      invoke,
      submit: asyncInvocations.submit,
      invocationOf: invoker.invocationOf,
    }),
    nameOf: (functionId) => [...functions.values()].find(({ id }) => id === functionId)?.name ?? functionId,
    createFunction: (settings) => void functions.set(settings.arn, settings),
    deleteFunction(functionArn) {
      const found = requireFunction(functionArn);
      functions.delete(found.arn);
      invoker.endIdle(found.id);
    },
    resetAsync: asyncInvocations.reset,
    configureAsync: (functionArn, settings) =>
      asyncInvocations.configure(requireFunction(functionArn).arn, settings),
    invoke,
    invokeAsync: (functionArn, payload) =>
      asyncInvocations.submit(requireFunction(functionArn).arn, payload, randomUUID()),
    mappings,
    policies,
    createUrl: urls.create,
    deleteUrl: urls.remove,
    openUrl: urls.open,
    logs: logLines.lines,
    crashNext: invoker.crashNext,
    coolDown: invoker.endIdle,
    heapBytes: invoker.heapBytes,
    invocationOf: invoker.invocationOf,
    close: invoker.close,
  };
}

/** By ARN, by ARN with `:$LATEST`, or by name. Throws AwsError ResourceNotFoundException. */
function functionIn(functions: ReadonlyMap<string, FunctionSettings>, nameOrArn: string): FunctionSettings {
  const wanted = nameOrArn.replace(/:\$LATEST$/, '');
  const found = functions.get(wanted) ?? [...functions.values()].find(({ name }) => name === wanted);
  if (found) return found;
  throw new AwsError('ResourceNotFoundException', 404, `Function not found: ${nameOrArn}`, { Type: 'User' });
}
