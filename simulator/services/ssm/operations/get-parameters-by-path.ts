import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { pageIn, parameterArn, shown, validation } from '../input.ts';
import type { SsmParts } from '../parts.ts';

const MOST = 10;

/** GetParametersByPath, without filters. Source: AWS Systems Manager API reference. */
export function getParametersByPath({ parameters, account }: SsmParts): JsonOperation {
  return {
    name: 'GetParametersByPath',
    needs: (input) => [
      { action: 'ssm:GetParametersByPath', resource: parameterArn(pathIn(input).slice(0, -1), account) },
    ],
    answer(input) {
      const path = pathIn(input);
      const isDeep = input['Recursive'] === true;
      const found = parameters.filter(
        ({ name }) => name.startsWith(path) && (isDeep || !name.slice(path.length).includes('/')),
      );
      const { items, told } = pageIn(found, input, { of: `path ${path} ${isDeep}`, most: MOST });
      return { Parameters: items.map((one) => shown(one, account)), ...told };
    },
  };
}

/** With a slash at its end. */
function pathIn({ Path: path }: JsonObject): string {
  if (typeof path === 'string' && path.startsWith('/')) return path.endsWith('/') ? path : `${path}/`;
  throw validation('The parameter doesn\'t meet the parameter name requirements: it must begin with "/".');
}
