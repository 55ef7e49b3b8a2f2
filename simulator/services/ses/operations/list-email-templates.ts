import type { RestOperation } from '../../../gateway/protocols.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS } from '../template-operation.ts';

const MOST_PER_PAGE = 100;

export function listEmailTemplates({ templates }: SesParts): RestOperation {
  return {
    name: 'ListEmailTemplates',
    method: 'GET',
    path: TEMPLATE_PATHS.all,
    needs: () => [{ action: 'ses:ListEmailTemplates', resource: '*' }],
    answer({ query }) {
      const start = Number(query.get('NextToken') ?? 0);
      const end = start + Math.min(Number(query.get('PageSize') ?? MOST_PER_PAGE), MOST_PER_PAGE);
      const all = templates.all();
      return {
        TemplatesMetadata: all.slice(start, end).map(({ name, createdMs }) => ({
          TemplateName: name,
          CreatedTimestamp: createdMs / 1000,
        })),
        ...(end < all.length && { NextToken: String(end) }),
      };
    },
  };
}
