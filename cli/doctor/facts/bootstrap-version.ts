import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { fact } from '../look.ts';

/**
 * What the pinned CDK writes into the assembly as requiresBootstrapStackVersion, and its usual qualifier.
 * A test compares both with the synthesized stack.
 */
export const BOOTSTRAP = { qualifier: 'hnb659fds', version: 6 } as const;

export const BOOTSTRAP_PARAMETER = `/cdk-bootstrap/${BOOTSTRAP.qualifier}/version`;

/** The version that `cdk bootstrap` left. Undefined: the account is not bootstrapped in this Region. */
export const bootstrapVersion = fact(async (look): Promise<string | undefined> => {
  const command = new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER });
  const ssm = look.client(SSMClient);
  try {
    const { Parameter } = await look.ask('ssm:GetParameter', () => ssm.send(command));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
});
