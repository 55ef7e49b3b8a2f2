import { createHash } from 'node:crypto';
import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { PermanentError } from '../domain/errors.ts';
import { parseJson } from '../domain/json.ts';
import type { LinkKey } from '../domain/link-token.ts';
import { fromAws } from './aws-errors.ts';

const REMEMBERED_MS = 300_000;
/** An unknown key is looked up no more often than this, however many forged links arrive. */
const LOOKED_UP_AGAIN_MS = 10_000;
const secretSchema = z.object({ key: z.string().check(z.minLength(32)) });

export interface LinkKeys {
  /** Throws PermanentError if the current version of the secret is not a key. */
  readonly signingKey: () => Promise<LinkKey>;
  /** All keys that can have signed a valid link. `wantedId`: looked up again if it is not cached. */
  readonly linkKeys: (wantedId?: string) => Promise<readonly LinkKey[]>;
}

/**
 * The keys of recording links: the secret's current version signs, and links of the version before still
 * open.
 *
 * A key's id is made from its version's id, which is public and may be any text. Keys are cached for five
 * minutes, unless a newer key is wanted. A version that is not a key is skipped in checking, so that a wrong
 * value does not break any link.
 */
export function linkKeys(
  secrets: SecretsManagerClient,
  { secretArn, now }: { secretArn: string; now: () => number },
): LinkKeys {
  let remembered: Remembered | undefined;
  let signing: Omit<Remembered, 'keys'> | undefined;

  async function keyAt(stage: 'AWSCURRENT' | 'AWSPREVIOUS'): Promise<LinkKey | undefined> {
    const command = new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage });
    const { SecretString = '', VersionId } = await secrets.send(command);
    const secret = secretIn(SecretString);
    return secret && VersionId ? { id: idFrom(VersionId), secret } : undefined;
  }

  async function previousKey(): Promise<LinkKey | undefined> {
    try {
      return await keyAt('AWSPREVIOUS');
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** The key that signs, without the one before it. */
  async function lookForSigning(): Promise<Omit<Remembered, 'keys'>> {
    const limitMs = signing?.current ? REMEMBERED_MS : LOOKED_UP_AGAIN_MS;
    if (signing && now() - signing.atMs < limitMs) return signing;
    try {
      signing = { atMs: now(), current: await keyAt('AWSCURRENT') };
      return signing;
    } catch (error) {
      throw fromAws(error, 'secretsmanager:GetSecretValue');
    }
  }

  async function look(wantedId?: string): Promise<Remembered> {
    const isThere = wantedId ? remembered?.keys.some(({ id }) => id === wantedId) : remembered?.current;
    const limitMs = isThere ? REMEMBERED_MS : LOOKED_UP_AGAIN_MS;
    if (remembered && now() - remembered.atMs < limitMs) return remembered;
    try {
      const current = await keyAt('AWSCURRENT');
      const keys = [current, await previousKey()].filter((key) => key !== undefined);
      remembered = { atMs: now(), current, keys };
      return remembered;
    } catch (error) {
      throw fromAws(error, 'secretsmanager:GetSecretValue');
    }
  }

  return {
    async signingKey() {
      const { current } = await lookForSigning();
      if (current) return current;
      throw new PermanentError('MALFORMED_EVENT', 'the link secret has no "key" of 32 characters or more');
    },
    linkKeys: async (wantedId) => (await look(wantedId)).keys,
  };
}

interface Remembered {
  readonly atMs: number;
  readonly current: LinkKey | undefined;
  readonly keys: readonly LinkKey[];
}

/** Undefined if the value is not a key: a person can have written it. */
function secretIn(value: string): string | undefined {
  try {
    return secretSchema.safeParse(parseJson(value)).data?.key;
  } catch (error) {
    if (error instanceof PermanentError) return undefined;
    throw error;
  }
}

/** Version ids that somebody chose can begin alike, and can contain dots. */
function idFrom(versionId: string): string {
  return createHash('sha256').update(versionId).digest('base64url').slice(0, 8);
}
