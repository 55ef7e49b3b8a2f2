import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { findParameter, parameterArn, shown, validation } from '../input.ts';
import type { SsmParts } from '../parts.ts';

const MOST = 10;

/** GetParameters: what is not there is named beside the others. Source: AWS Systems Manager API reference. */
export function getParameters(parts: SsmParts): JsonOperation {
  const { account } = parts;
  return {
    name: 'GetParameters',
    needs: (input) =>
      namesIn(input).map((name) => ({ action: 'ssm:GetParameters', resource: parameterArn(name, account) })),
    answer(input) {
      const names = namesIn(input);
      return {
        Parameters: names.flatMap((name) => {
          const found = findParameter(name, parts);
          return found ? [shown(found, account)] : [];
        }),
        InvalidParameters: names.filter((name) => !findParameter(name, parts)),
      };
    },
  };
}

function namesIn({ Names: names }: JsonObject): readonly string[] {
  const isList = Array.isArray(names) && names.length > 0 && names.length <= MOST;
  if (isList && names.every((name) => typeof name === 'string')) return names;
  throw validation(`Names must be a list of 1 to ${MOST} names.`);
}
