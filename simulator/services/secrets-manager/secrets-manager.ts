import { randomUUID } from 'node:crypto';
import type { Account } from '../../account.ts';
import { LAPTOP_ACCOUNT } from '../../sample-account.ts';
import type { Clock } from '../../clock.ts';
import { isJsonObject, jsonService } from '../../gateway/protocols.ts';
import type { Service } from '../../service.ts';
import type { KeyRing } from '../kms/key-ring.ts';
import { secretsManagerOperations } from './operations.ts';
import type { SecretsParts } from './parts.ts';
import { type PasswordRules, randomPassword } from './random-password.ts';
import { addVersion, CURRENT, type Secret } from './secret.ts';

export interface SimulatedSecretsManager {
  readonly service: Service;
  /** Throws an Error if there is a secret of that ARN or name already. */
  readonly createSecret: (secret: NewSecret) => void;
  /** Gives it a new version. Throws an Error if there is no such secret. */
  readonly changeSecret: (arn: string, value: Pick<NewSecret, 'secretString' | 'generate'>) => void;
  /** Everything but its value. Throws an Error if there is no such secret. */
  readonly describeSecret: (arn: string, about: Pick<NewSecret, 'tags' | 'description' | 'kmsKeyId'>) => void;
  /** At once, without days in which it could be restored, as CloudFormation does. */
  readonly deleteSecret: (arn: string) => void;
  readonly hasSecret: (arn: string) => boolean;
}

interface NewSecret {
  readonly arn: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  /** One of the two. */
  readonly secretString?: string;
  readonly generate?: GenerateSecretString;
}

/** The template's `GenerateSecretString`: a password, alone or as one member of a JSON template. */
interface GenerateSecretString extends PasswordRules {
  /** A JSON object: `{"current":"1"}`. Requires `generateStringKey`. */
  readonly secretStringTemplate?: string;
  readonly generateStringKey?: string;
}

/**
 * AWS Secrets Manager: secrets and their versions, in memory.
 *
 * Not simulated: binary secrets, rotation, replication, resource policies, partial ARNs, making
 * secrets through the API, deleting them with a window in which they can be restored.
 */
export function createSecretsManager({
  clock,
  account = LAPTOP_ACCOUNT,
  keys,
}: {
  clock: Clock;
  account?: Account;
  /** Absent: nothing is asked of a key. */
  keys?: KeyRing;
}): SimulatedSecretsManager {
  const secrets: Secret[] = [];
  const find = (secretId: string) => secrets.find(({ arn, name }) => arn === secretId || name === secretId);
  function addValue(secret: Secret, secretString: string): void {
    const stages = [CURRENT];
    addVersion(secret, { versionId: randomUUID(), secretString, createdMs: clock.now(), stages });
  }

  function remove(secret: Secret): void {
    const index = secrets.indexOf(secret);
    if (index >= 0) secrets.splice(index, 1);
  }
  function required(arn: string): Secret {
    const secret = find(arn);
    if (!secret) throw new Error(`there is no secret ${arn}`);
    return secret;
  }
  const parts: SecretsParts = { find, all: () => secrets, remove, account, clock, ...(keys && { keys }) };
  return {
    service: jsonService({
      name: 'secretsmanager',
      targetPrefix: 'secretsmanager',
      version: '1.1',
      operations: secretsManagerOperations(parts),
    }),
    createSecret({ arn, name, secretString, generate, tags = {}, description, kmsKeyId }) {
      if (find(arn) ?? find(name)) throw new Error(`there is a secret ${name} already`);
      if ((secretString === undefined) === (generate === undefined)) {
        throw new Error(`the secret ${name} needs either a value or rules to make one by`);
      }
      const about = { tags, description, kmsKeyId };
      const secret: Secret = { arn, name, ...about, createdMs: clock.now(), versions: new Map() };
      addValue(secret, secretString ?? generated(generate ?? {}));
      secrets.push(secret);
    },
    changeSecret(arn, { secretString, generate = {} }) {
      addValue(required(arn), secretString ?? generated(generate));
    },
    describeSecret(arn, { tags = {}, description, kmsKeyId }) {
      Object.assign(required(arn), { tags, description, kmsKeyId });
    },
    deleteSecret(arn) {
      const secret = find(arn);
      if (secret) remove(secret);
    },
    hasSecret: (arn) => find(arn) !== undefined,
  };
}

function generated({ secretStringTemplate, generateStringKey, ...rules }: GenerateSecretString): string {
  const password = randomPassword(rules);
  if (secretStringTemplate === undefined && generateStringKey === undefined) return password;
  const template: unknown = JSON.parse(secretStringTemplate ?? '');
  if (!isJsonObject(template) || generateStringKey === undefined) {
    throw new Error(
      'a secret template must be a JSON object and come with the key to put the password under',
    );
  }
  return JSON.stringify({ ...template, [generateStringKey]: password });
}
