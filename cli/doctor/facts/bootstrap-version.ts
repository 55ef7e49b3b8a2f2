import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { bootstrapOf } from '../../../infra/bootstrap-settings.ts';
import { fact } from '../look.ts';

/**
 * What the pinned CDK writes into the assembly as requiresBootstrapStackVersion. A test compares it with the
 * synthesized stack.
 */
export const LEAST_BOOTSTRAP_VERSION = 6;

/** The version that `cdk bootstrap` left. Undefined: the account is not bootstrapped in this Region. */
export const bootstrapVersion = fact(async (look): Promise<string | undefined> => {
  const command = new GetParameterCommand({ Name: bootstrapOf(look.config).versionParameter });
  const ssm = look.client(SSMClient);
  try {
    const { Parameter } = await look.ask('ssm:GetParameter', () => ssm.send(command));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
});
