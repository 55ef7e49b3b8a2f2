import { AwsError, type Permission } from '../../service.ts';
import type { JsonObject } from '../../gateway/protocols.ts';
import type { FindSecret, SecretsParts } from './parts.ts';
import { type Secret, secretNotFound } from './secret.ts';

/** A member that must be text if it is present. Throws AwsError InvalidParameterException. */
export function findText(input: JsonObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError(
    'InvalidParameterException',
    400,
    `Invalid ${member}: it must be text that is not empty.`,
  );
}

/** Throws AwsError InvalidParameterException, ResourceNotFoundException. */
export function requireSecret(input: JsonObject, find: FindSecret): Secret {
  const secretId = findText(input, 'SecretId');
  if (secretId === undefined) {
    throw new AwsError(
      'InvalidParameterException',
      400,
      'You must provide a value for the SecretId parameter.',
    );
  }
  const secret = find(secretId);
  if (!secret) throw secretNotFound();
  return secret;
}

/** The permission for an action on the secret that the input names. An unknown secret is named by its id. */
export function secretPermission(
  action: string,
  input: JsonObject,
  { find, account: { partition, region, id } }: SecretsParts,
): Permission {
  const secretId = findText(input, 'SecretId') ?? '';
  const versionStage = findText(input, 'VersionStage');
  const arn = secretId.startsWith('arn:')
    ? secretId
    : `arn:${partition}:secretsmanager:${region}:${id}:secret:${secretId}`;
  return {
    action,
    resource: find(secretId)?.arn ?? arn,
    context: {
      'secretsmanager:SecretId': secretId,
      ...(versionStage !== undefined && { 'secretsmanager:VersionStage': versionStage }),
    },
  };
}

/** Throws AwsError InvalidParameterException. */
export function pageSizeIn(input: JsonObject, most: number): number {
  const { MaxResults: size = most } = input;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= most) return size;
  throw new AwsError('InvalidParameterException', 400, `MaxResults must be 1 to ${most}.`);
}
