import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { isDenied } from '../../src/adapters/aws-errors.ts';
import { askAws } from './ask-aws.ts';
import type { Asker, ClientPlace } from './asker.ts';

/**
 * The place with the credentials of a role. As CDK's toolkit does it: who may not take the role on works with what
 * they have. Throws RefusedError.
 */
export async function inRole(roleArn: string, { client, place }: Asker): Promise<ClientPlace> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'vmx-deploy' });
  const Credentials = await askAws('sts:AssumeRole', place, async () => {
    try {
      return (await client(STSClient).send(command)).Credentials;
    } catch (error) {
      if (isDenied(error)) return undefined;
      throw error;
    }
  });
  if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined) return place;
  return {
    ...place,
    credentials: {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      ...(Credentials.SessionToken !== undefined && { sessionToken: Credentials.SessionToken }),
    },
  };
}
