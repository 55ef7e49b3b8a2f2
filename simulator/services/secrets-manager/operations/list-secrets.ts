import { isJsonObject, type JsonObject, type JsonOperation } from '../../../gateway/protocols.ts';
import { pageOf } from '../../../page.ts';
import { AwsError } from '../../../service.ts';
import { findText } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import type { Secret } from '../secret.ts';

const MOST = 100;

/** ListSecrets, with filters by tags. Source: AWS Secrets Manager API Reference. */
export function listSecrets({ all }: SecretsParts): JsonOperation {
  return {
    name: 'ListSecrets',
    needs: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
    answer(input) {
      const filters = [input['Filters'] ?? []].flat().filter(isJsonObject);
      const found = all().filter((secret) => filters.every((filter) => fits(secret, filter)));
      const { items, nextToken } = pageOf(found, {
        of: 'secrets',
        token: findText(input, 'NextToken'),
        size: Math.min(Number(input['MaxResults'] ?? MOST), MOST),
        invalid: () => new AwsError('InvalidNextTokenException', 400, 'The NextToken value is invalid.'),
      });
      return { SecretList: items.map(described), ...(nextToken !== undefined && { NextToken: nextToken }) };
    },
  };
}

/** A filter compares the beginning, and takes upper and lower case as different. */
function fits({ tags }: Secret, { Key, Values }: JsonObject): boolean {
  const wanted = [Values ?? []].flat().map(String);
  const begins = (texts: readonly string[]) =>
    texts.some((text) => wanted.some((beginning) => text.startsWith(beginning)));
  if (Key === 'tag-key') return begins(Object.keys(tags));
  if (Key === 'tag-value') return begins(Object.values(tags));
  const message = `The simulator does not filter secrets by ${String(Key)}`;
  throw new AwsError('UnknownOperationException', 501, message);
}

function described({ arn, name, createdMs, tags }: Secret) {
  return {
    ARN: arn,
    Name: name,
    CreatedDate: createdMs / 1000,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
