import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { AwsError } from '../../../service.ts';
import type { SsmParts } from '../parts.ts';

/** GetParameter, by name or ARN. Source: AWS Systems Manager API reference. */
export function getParameter({ account, parameters }: SsmParts): JsonOperation {
  const { partition, region, id } = account;
  /** A name that is a path begins with a slash, which its ARN does not repeat. */
  const arnOf = (name: string) =>
    `arn:${partition}:ssm:${region}:${id}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  const arnIn = (input: JsonObject) => {
    const wanted = nameIn(input);
    return wanted.startsWith('arn:') ? wanted : arnOf(wanted);
  };
  return {
    name: 'GetParameter',
    needs: (input) => [{ action: 'ssm:GetParameter', resource: arnIn(input) }],
    answer(input) {
      const found = parameters.find(({ name }) => arnOf(name) === arnIn(input));
      if (!found) throw new AwsError('ParameterNotFound', 400, `Parameter ${nameIn(input)} not found.`);
      return {
        Parameter: {
          Name: found.name,
          Type: 'String',
          Value: found.value,
          Version: 1,
          LastModifiedDate: found.changedAtMs / 1000,
          ARN: arnOf(found.name),
          DataType: 'text',
        },
      };
    },
  };
}

function nameIn({ Name: name }: JsonObject): string {
  if (typeof name === 'string' && name !== '') return name;
  throw new AwsError(
    'ValidationException',
    400,
    "Value at 'name' failed to satisfy constraint: Member must not be null",
  );
}
