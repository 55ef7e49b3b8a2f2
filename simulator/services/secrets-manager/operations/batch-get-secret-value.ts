import type { JsonObject, JsonOperation } from '../../../gateway/protocols.ts';
import { pageOf } from '../../../page.ts';
import { AwsError, type Caller } from '../../../service.ts';
import { filtered } from '../filters.ts';
import { findText, pageSizeIn, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import { requireVersion, valueOf } from '../secret-value.ts';

const MOST = 20;

/**
 * BatchGetSecretValue: the current values of up to 20 secrets, by name or by filters. What is not there, or what the
 * caller may not read, is an error beside the others' values. Source: AWS Secrets Manager API Reference.
 */
export function batchGetSecretValue(parts: SecretsParts): JsonOperation {
  return {
    name: 'BatchGetSecretValue',
    needs: (input) => [
      { action: 'secretsmanager:BatchGetSecretValue', resource: '*' },
      ...('Filters' in input ? [{ action: 'secretsmanager:ListSecrets', resource: '*' }] : []),
    ],
    answer(input, { caller }) {
      const { items, nextToken } = pageOf(askedIn(input, parts), {
        of: `values ${JSON.stringify([input['SecretIdList'], input['Filters']])}`,
        token: findText(input, 'NextToken'),
        size: pageSizeIn(input, MOST),
        invalid: () => new AwsError('InvalidNextTokenException', 400, 'The NextToken value is invalid.'),
      });
      const results = items.map((secretId) => resultOf(secretId, caller, parts));
      return {
        SecretValues: results.filter((result) => !('ErrorCode' in result)),
        Errors: results.filter((result) => 'ErrorCode' in result),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
  };
}

/** Names or ARNs. Throws AwsError InvalidParameterException. */
function askedIn(input: JsonObject, { all }: SecretsParts): readonly string[] {
  const { SecretIdList: ids, Filters: filters } = input;
  if ((ids === undefined) === (filters === undefined)) {
    const message = 'You must include either Filters or SecretIdList, but not both.';
    throw new AwsError('InvalidParameterException', 400, message);
  }
  if (ids === undefined) return filtered(all(), input).map(({ arn }) => arn);
  if (Array.isArray(ids) && ids.length <= MOST && ids.every((id) => typeof id === 'string')) return ids;
  throw new AwsError('InvalidParameterException', 400, `SecretIdList must have 1 to ${MOST} secrets.`);
}

function resultOf(SecretId: string, caller: Caller, parts: SecretsParts) {
  const named = { SecretId };
  const permission = secretPermission('secretsmanager:GetSecretValue', named, parts);
  if (!caller.isAllowed(permission)) {
    const what = `perform: ${permission.action} on resource: ${permission.resource}`;
    const Message = `User: ${caller.arn} is not authorized to ${what}`;
    return { SecretId, ErrorCode: 'AccessDeniedException', Message };
  }
  try {
    const secret = requireSecret(named, parts.find);
    return valueOf(secret, requireVersion(secret), parts, caller);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { SecretId, ErrorCode: error.code, Message: error.message };
  }
}
