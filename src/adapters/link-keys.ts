import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { PermanentError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import type { LinkKey } from '../domain/link-token.ts';
import { fromAws } from './aws-errors.ts';

const CACHED_MS = 300_000;
/** A key that is not known is looked up no more often than this, however many forged links come. */
const LOOKED_UP_AGAIN_MS = 30_000;
const secretSchema = z.object({ key: z.string().min(32) });

/**
 * The keys that sign recording links: the secret's current version and, after a
 * rotation, the one before it, so that links made before still open.
 *
 * A key's id is the head of its version's id, which is public. Remembered for
 * five minutes, unless a key is wanted that came since.
 */
export function linkKeys(
  secrets: SecretsManagerClient,
  { secretArn, now }: { secretArn: string; now: () => number },
): (wantedId?: string) => Promise<readonly [LinkKey, ...LinkKey[]]> {
  let cached: { atMs: number; keys: readonly [LinkKey, ...LinkKey[]] } | undefined;

  async function keyAt(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<LinkKey> {
    const command = new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage });
    const { SecretString, VersionId } = await secrets.send(command);
    const secret = secretSchema.safeParse(parseJson(SecretString ?? ''));
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

  return async (wantedId) => {
    const isKnown = wantedId === undefined || cached?.keys.some(({ id }) => id === wantedId);
    if (cached && now() - cached.atMs < (isKnown ? CACHED_MS : LOOKED_UP_AGAIN_MS)) return cached.keys;
    try {
      cached = { keys: [await keyAt('AWSCURRENT'), ...(await previousKey())], atMs: now() };
      return cached.keys;
    } catch (error) {
      if (error instanceof PermanentError) throw error;
      throw fromAws(error, 'secretsmanager:GetSecretValue');
    }
  };
}
