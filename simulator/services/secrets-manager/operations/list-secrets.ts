import type { JsonOperation } from '../../../gateway/protocols.ts';
import { pageOf } from '../../../page.ts';
import { AwsError } from '../../../service.ts';
import { filtered } from '../filters.ts';
import { findText, pageSizeIn } from '../input.ts';
import type { SecretsParts } from '../parts.ts';
import { described, stagesById } from '../secret.ts';

const MOST = 100;

/** ListSecrets, also with filters. Source: AWS Secrets Manager API Reference. */
export function listSecrets({ all }: SecretsParts): JsonOperation {
  return {
    name: 'ListSecrets',
    needs: () => [{ action: 'secretsmanager:ListSecrets', resource: '*' }],
    answer(input) {
      const found = filtered(all(), input);
      const { items, nextToken } = pageOf(found, {
        of: 'secrets',
        token: findText(input, 'NextToken'),
        size: pageSizeIn(input, MOST),
        invalid: () => new AwsError('InvalidNextTokenException', 400, 'The NextToken value is invalid.'),
      });
      return {
        SecretList: items.map((secret) => ({
          ...described(secret),
          SecretVersionsToStages: stagesById(secret),
        })),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
  };
}
