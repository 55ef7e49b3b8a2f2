import type { JsonOperation } from '../../../gateway/protocols.ts';
import { pageOf } from '../../../page.ts';
import { AwsError } from '../../../service.ts';
import { findText, pageSizeIn, requireSecret, secretPermission } from '../input.ts';
import type { SecretsParts } from '../parts.ts';

const MOST_ON_A_PAGE = 100;

/** Without their values. Versions without a label only with `IncludeDeprecated`. */
export function listSecretVersionIds(parts: SecretsParts): JsonOperation {
  return {
    name: 'ListSecretVersionIds',
    needs: (input) => [secretPermission('secretsmanager:ListSecretVersionIds', input, parts)],
    answer(input) {
      const { arn: ARN, name: Name, versions } = requireSecret(input, parts.find);
      const shown = [...versions.values()].filter(
        ({ stages }) => stages.length > 0 || input['IncludeDeprecated'] === true,
      );
      const { items, nextToken } = pageOf(shown, {
        of: ARN,
        token: findText(input, 'NextToken'),
        size: pageSizeIn(input, MOST_ON_A_PAGE),
        invalid: () => new AwsError('InvalidNextTokenException', 400, 'The NextToken value is invalid.'),
      });
      return {
        ARN,
        Name,
        Versions: items.map(({ versionId, stages, createdMs }) => ({
          VersionId: versionId,
          ...(stages.length > 0 && { VersionStages: stages }),
          CreatedDate: createdMs / 1000,
        })),
        ...(nextToken !== undefined && { NextToken: nextToken }),
      };
    },
  };
}
