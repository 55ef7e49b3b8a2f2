import type { TemplatesWork } from './work.ts';
import { homeOf } from '../../infra/arns.ts';
import { type SesTemplates, sesTemplates } from '../aws/ses-templates.ts';
import { type PlaceOptions, placeSettings } from '../place.ts';

/** The templates of the account and Region that the stack is deployed to. Throws SettingsError, UsageError. */
export async function configuredTemplates(
  options: PlaceOptions,
  { wait }: Pick<TemplatesWork, 'wait'>,
): Promise<SesTemplates> {
  const { config, file } = await placeSettings(options);
  const { region, accountId } = homeOf(config.instanceArn);
  return sesTemplates({ region, accountId, settingsFile: file, endpoint: options.endpoint, wait });
}
