import type { JsonObject } from '../../gateway/protocols.ts';
import type { DescribableFunction } from './foreign-functions.ts';

/** A function as the API describes it. Source: Lambda API reference, FunctionConfiguration. */
export function functionConfiguration(settings: DescribableFunction): JsonObject {
  const { name, arn, runtime = 'nodejs24.x', roleArn, handler, timeoutMs, memoryMb, details } = settings;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: runtime,
    ...(roleArn !== undefined && { Role: roleArn }),
    Handler: handler,
    Timeout: timeoutMs / 1000,
    MemorySize: memoryMb,
    ...(details && described(details)),
    Version: '$LATEST',
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

function described(details: NonNullable<DescribableFunction['details']>): JsonObject {
  const { description = '', architectures, logFormat, logLevels, logGroup, variables, changedAtMs } = details;
  return {
    Description: description,
    LastModified: new Date(changedAtMs).toISOString().replace('Z', '+0000'),
    ...(Object.keys(variables).length > 0 && { Environment: { Variables: variables } }),
    Architectures: architectures,
    LoggingConfig: {
      LogFormat: logFormat,
      ...(logLevels && { ApplicationLogLevel: logLevels.application, SystemLogLevel: logLevels.system }),
      LogGroup: logGroup,
    },
  };
}
