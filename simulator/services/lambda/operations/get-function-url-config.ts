import type { RestOperation } from '../../../gateway/protocols.ts';
import { urlConfiguration } from '../url-configuration.ts';
import { notFound, onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

export function getFunctionUrlConfig(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunctionUrlConfig',
    method: 'GET',
    path: '/2021-10-31/functions/{FunctionName}/url',
    needs: onFunction('GetFunctionUrlConfig', parts),
    answer({ params }) {
      const { arn } = requireDescribable(params, parts);
      const url = parts.urls.find(arn);
      if (url) return urlConfiguration(url);
      throw notFound('The resource you requested does not exist.');
    },
  };
}
