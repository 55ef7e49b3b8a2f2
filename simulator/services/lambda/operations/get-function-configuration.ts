import type { RestOperation } from '../../../gateway/protocols.ts';
import { functionConfiguration } from '../configuration.ts';
import { onFunction, requireDescribable } from '../input.ts';
import type { LambdaParts } from '../parts.ts';

export function getFunctionConfiguration(parts: LambdaParts): RestOperation {
  return {
    name: 'GetFunctionConfiguration',
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/configuration',
    needs: onFunction('GetFunctionConfiguration', parts),
    answer: ({ params }) => functionConfiguration(requireDescribable(params, parts)),
  };
}
