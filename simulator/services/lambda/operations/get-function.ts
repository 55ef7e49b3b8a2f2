import type { RestOperation } from '../../../gateway/protocols.ts';
import type { DescribableFunction } from '../foreign-functions.ts';
import { arnFor, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** GetFunction, but for its code, tags, environment and logging. Source: Lambda API reference. */
export function getFunction(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunction',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}',
    needs: ({ params }) => [
      { action: 'lambda:GetFunction', resource: arnFor(params['FunctionName'] ?? '', parts.account) },
    ],
    answer({ params }) {
      const found = requireDescribable(params, parts);
      const { reservedConcurrency } = found;
      return {
        Configuration: configurationOf(found),
        ...(reservedConcurrency !== undefined && {
          Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
        }),
      };
    },
  };
}

function configurationOf(settings: DescribableFunction) {
  const { name, arn, runtime = 'nodejs24.x', roleArn, handler, timeoutMs, memoryMb } = settings;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: runtime,
    ...(roleArn !== undefined && { Role: roleArn }),
    Handler: handler,
    Timeout: timeoutMs / 1000,
    MemorySize: memoryMb,
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
