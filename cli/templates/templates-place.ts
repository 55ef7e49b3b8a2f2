import type { TemplatesWork } from './work.ts';
import { homeOf } from '../../infra/arns.ts';
import { ConfigError } from '../../infra/config.ts';
import { type SesTemplates, sesTemplates } from '../aws/ses-templates.ts';
import { InputError, UsageError } from '../command.ts';

/** The templates of the account and Region that the stack is deployed to. Throws InputError for wrong settings. */
export async function configuredTemplates(
  endpoint: string | undefined,
  { wait }: Pick<TemplatesWork, 'wait'>,
): Promise<SesTemplates> {
  if (endpoint !== undefined && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    throw new UsageError(`--endpoint ${endpoint} is no address such as http://localhost:4566`);
  }
  const { region, accountId } = homeOf(await configuredInstance());
  return sesTemplates({ region, accountId, endpoint, wait });
}

async function configuredInstance(): Promise<string> {
  try {
    const { default: config } = await import('../../voicemail.config.ts');
    return config.instanceArn;
  } catch (error) {
    if (error instanceof ConfigError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}
