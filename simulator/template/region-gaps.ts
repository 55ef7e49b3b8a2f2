import { gapsIn, needs } from '../../infra/regions/region-gaps.ts';
import { READ_IN } from '../../infra/regions/region-table.ts';
import type { StackResource } from './resource-kind.ts';
import { TemplateError } from './template-error.ts';

/**
 * Throws TemplateError that names all that the resources need and the Region does not have. What CloudFormation
 * says there is not known: of a type that is missing, that it is not recognized; of a property, what its service
 * says.
 */
export function refuseWhatIsMissing(region: string, resources: Iterable<StackResource>): void {
  const all = [...resources];
  const missing = gapsIn(region).flatMap((gap) => {
    const [first, ...others] = all.filter(({ described }) => needs(described, gap));
    if (!first) return [];
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return [`${first.where}${more}: ${region} does not have ${gap.what} (${gap.source})`];
  });
  if (missing.length > 0) throw new TemplateError(`${missing.join('; ')}; as read in ${READ_IN}`);
}
