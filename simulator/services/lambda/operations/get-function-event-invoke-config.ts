import type { RestOperation } from '../../../gateway/protocols.ts';
import { notFound, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

/** GetFunctionEventInvokeConfig: how a function is retried that is invoked with `Event`. */
export function getFunctionEventInvokeConfig(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunctionEventInvokeConfig',
    method: 'GET',
    path: '/2019-09-25/functions/{FunctionName}/event-invoke-config',
    needs: onFunction('GetFunctionEventInvokeConfig', parts),
    answer({ params }) {
      const { arn } = requireDescribable(params, parts);
      const settings = parts.asyncSettings(arn);
      if (!settings) {
        throw notFound(`The function ${arn}:$LATEST doesn't have an EventInvokeConfig`);
      }
      const { maxRetries, maxEventAgeMs, details } = settings;
      return {
        FunctionArn: `${arn}:$LATEST`,
        LastModified: (details?.changedAtMs ?? 0) / 1000,
        MaximumRetryAttempts: maxRetries,
        MaximumEventAgeInSeconds: maxEventAgeMs / 1000,
        DestinationConfig: {
          OnSuccess: destination(details?.onSuccessArn),
          OnFailure: destination(details?.onFailureArn),
        },
      };
    },
  };
}

function destination(arn: string | undefined) {
  return arn === undefined ? {} : { Destination: arn };
}
