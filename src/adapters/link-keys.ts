import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { LinkKey } from '../domain/link-token.ts';
import { PermanentError } from '../domain/errors.ts';
import { fromAws } from './aws-errors.ts';

const CACHED_MS = 300_000;
const secretSchema = z.object({ key: z.string().min(32) });

/**
 * The keys that sign recording links: the secret's current version and, after a
 * rotation, the one before it, so that links made before still open.
 *
 * A key's id is the head of its version's id, which is public. Remembered for
 * five minutes.
 */
export function linkKeys(
  secrets: SecretsManagerClient,
  { secretArn, now }: { secretArn: string; now: () => number },
): () => Promise<readonly [LinkKey, ...LinkKey[]]> {
  let cached: { untilMs: number; keys: readonly [LinkKey, ...LinkKey[]] } | undefined;

  async function keyAt(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<LinkKey> {
    const command = new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage });
    const { SecretString, VersionId } = await secrets.send(command);
    const secret = secretSchema.safeParse(JSON.parse(SecretString ?? 'null'));
    if (!secret.success || !VersionId) {
      throw new PermanentError('MALFORMED_EVENT', 'the link secret has no "key" of 32 characters or more');
    }
    return { id: VersionId.slice(0, 8), secret: secret.data.key };
  }

  async function previousKey(): Promise<readonly LinkKey[]> {
    try {
      return [await keyAt('AWSPREVIOUS')];
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    }
  }

  return async () => {
    if (cached && now() < cached.untilMs) return cached.keys;
    try {
      cached = { keys: [await keyAt('AWSCURRENT'), ...(await previousKey())], untilMs: now() + CACHED_MS };
      return cached.keys;
    } catch (error) {
      if (error instanceof PermanentError) throw error;
      throw fromAws(error, 'secretsmanager:GetSecretValue');
    }
  };
}
