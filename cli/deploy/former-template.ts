import { bootstrapOf } from '../../infra/bootstrap-settings.ts';
import { Unseen } from '../aws/asker.ts';
import { publishedTemplate } from '../aws/published-template.ts';
import { RefusedError } from '../command.ts';
import { templateText } from '../doctor/facts/stack-template.ts';
import type { Look } from '../doctor/look.ts';

/**
 * The template of the deployed stack, as it was deployed. CloudFormation gives it back with a `?` in the place of each
 * character that is not ASCII, and callers would hear that: where there is a `?`, the template that CDK has published
 * is looked for. Undefined: that is not found, or may not be read.
 */
export async function formerTemplate(look: Look): Promise<string | undefined> {
  try {
    const deployed = await templateText(look);
    if (!deployed.includes('?')) return deployed;
    return await publishedTemplate(deployed, bootstrapOf(look.config), look);
  } catch (error) {
    if (error instanceof Unseen || error instanceof RefusedError) return undefined;
    throw error;
  }
}
