import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import { findParameter, parameterArn, shown, validation } from '../input.ts';
import type { SsmParts } from '../parts.ts';

/** GetParameter, by name or ARN. Source: AWS Systems Manager API reference. */
export function getParameter(parts: SsmParts): JsonOperation {
  const { account } = parts;
  return {
    name: 'GetParameter',
    needs: (input) => [{ action: 'ssm:GetParameter', resource: parameterArn(nameIn(input), account) }],
    answer(input) {
      const found = findParameter(nameIn(input), parts);
      if (!found) throw new AwsError('ParameterNotFound', 400, `Parameter ${nameIn(input)} not found.`);
      return { Parameter: shown(found, account) };
    },
  };
}

function nameIn({ Name: name }: JsonObject): string {
  if (typeof name === 'string' && name !== '') return name;
  throw validation("Value at 'name' failed to satisfy constraint: Member must not be null");
}
