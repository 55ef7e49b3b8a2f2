import type { Account } from '../../account.ts';
import type { ForeignFunction } from '../../world/account-state.ts';
import type { FunctionSettings } from './function-settings.ts';

/** What Lambda describes of a function, whether it runs here or not. */
export type DescribableFunction = Pick<
  FunctionSettings,
  | 'name'
  | 'arn'
  | 'handler'
  | 'runtime'
  | 'roleArn'
  | 'timeoutMs'
  | 'memoryMb'
  | 'reservedConcurrency'
  | 'details'
>;

/** Functions that the world names: they are described, and nothing of them runs. */
export function foreignFunctions(
  functions: readonly ForeignFunction[] = [],
  { partition, region, id }: Account,
): readonly DescribableFunction[] {
  return functions.map(({ name, runtime = 'python3.13' }) => ({
    name,
    arn: `arn:${partition}:lambda:${region}:${id}:function:${name}`,
    handler: 'index.handler',
    runtime,
    timeoutMs: 3000,
    memoryMb: 128,
  }));
}
