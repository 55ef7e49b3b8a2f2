import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { isDenied } from '../../src/adapters/aws-errors.ts';
import { type Asker, type ClientPlace, createAsker, type SessionKeys } from './asker.ts';
import type { Limits } from './limits.ts';

const SESSION_NAME = 'vmx-deploy';

/**
 * Asks as the role that `cdk bootstrap` made for deployments, as CDK's toolkit does. Who may not take the role asks
 * with the permissions of his own, as with the toolkit. The session is renewed when it ends. Throws RefusedError, in
 * words, if AWS cannot be reached or knows no credentials.
 */
export async function asDeployRole(roleArn: string, asker: Asker, limits: Limits): Promise<Asker> {
  const { place } = asker;
  const first = await sessionOf(roleArn, asker);
  if (first === undefined) return asker;
  let next: SessionKeys | undefined = first;
  const credentials: ClientPlace['credentials'] = async () => {
    const session = next ?? (await sessionOf(roleArn, asker));
    next = undefined;
    if (session === undefined) throw new Error(`the role ${roleArn} cannot be taken any more`);
    return session;
  };
  return createAsker({ ...place, credentials }, limits);
}

/** Undefined: the role cannot be taken. */
async function sessionOf(roleArn: string, { client, ask }: Asker): Promise<SessionKeys | undefined> {
  const sts = client(STSClient);
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: SESSION_NAME });
  const answer = await ask('sts:AssumeRole', () =>
    sts.send(command).catch((error: unknown) => {
      if (isDenied(error)) return undefined;
      throw error;
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer?.Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey) return undefined;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
    ...(Expiration && { expiration: Expiration }),
  };
}
