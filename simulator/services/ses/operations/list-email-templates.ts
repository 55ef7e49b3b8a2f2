import type { RestOperation } from '../../../gateway/protocols.ts';
import { pageIn } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS } from '../template-operation.ts';

const MOST_PER_PAGE = 100;

export function listEmailTemplates({ templates }: SesParts): RestOperation {
  return {
    name: 'ListEmailTemplates',
    method: 'GET',
    path: TEMPLATE_PATHS.all,
    needs: () => [{ action: 'ses:ListEmailTemplates', resource: '*' }],
    answer(call) {
      const { items, told } = pageIn(templates.all(), call, { of: 'templates', most: MOST_PER_PAGE });
      return {
        TemplatesMetadata: items.map(({ name, createdMs }) => ({
          TemplateName: name,
          CreatedTimestamp: createdMs / 1000,
        })),
        ...told,
      };
    },
  };
}
