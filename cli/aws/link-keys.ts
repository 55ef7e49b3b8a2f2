import { randomBytes } from 'node:crypto';
import {
  paginateListSecretVersionIds,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** As many random bytes as 64 characters of base64url hold. */
const KEY_BYTES = 48;

/** The keys of links, for operators, who never see one. Everything throws RefusedError, in words. */
export interface LinkKeyStore {
  /** Since when new links are signed with the present key, milliseconds since the epoch. */
  readonly changedAtMs: () => Promise<number | undefined>;
  /** Whether links that were signed with the key before the present one still open. */
  readonly hasPrevious: () => Promise<boolean>;
  /** Makes a new key. The present one becomes the previous one, and the previous one opens nothing more. */
  readonly change: () => Promise<void>;
}

export function linkKeyStore(secretArn: string, place: AskedPlace): LinkKeyStore {
  const client = new SecretsManagerClient({ ...place, ...PATIENT });

  const versionAt = (stage: 'AWSCURRENT' | 'AWSPREVIOUS') =>
    askAws('secretsmanager:ListSecretVersionIds', place, async () => {
      for await (const { Versions = [] } of paginateListSecretVersionIds(
        { client },
        { SecretId: secretArn },
      )) {
        const found = Versions.find(({ VersionStages }) => VersionStages?.includes(stage));
        if (found) return found;
      }
      return undefined;
    });

  return {
    changedAtMs: async () => (await versionAt('AWSCURRENT'))?.CreatedDate?.getTime(),
    hasPrevious: async () => (await versionAt('AWSPREVIOUS')) !== undefined,
    async change() {
      const SecretString = JSON.stringify({ key: randomBytes(KEY_BYTES).toString('base64url') });
      const command = new PutSecretValueCommand({ SecretId: secretArn, SecretString });
      await askAws('secretsmanager:PutSecretValue', place, () => client.send(command));
    },
  };
}
