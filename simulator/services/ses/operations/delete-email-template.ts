import type { RestOperation } from '../../../gateway/protocols.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS, templateOperation } from '../template-operation.ts';

export function deleteEmailTemplate({ account, templates }: SesParts): RestOperation {
  return templateOperation(
    { account },
    {
      name: 'DeleteEmailTemplate',
      method: 'DELETE',
      path: TEMPLATE_PATHS.one,
      answer: ({ params: { TemplateName: name = '' } }) => templates.remove(name),
    },
  );
}
