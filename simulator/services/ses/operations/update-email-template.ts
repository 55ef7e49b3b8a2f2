import type { RestOperation } from '../../../gateway/protocols.ts';
import { requireObject } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS, templateOperation } from '../template-operation.ts';
import { contentIn } from '../template-store.ts';

export function updateEmailTemplate({ account, templates }: SesParts): RestOperation {
  return templateOperation(
    { account },
    {
      name: 'UpdateEmailTemplate',
      method: 'PUT',
      path: TEMPLATE_PATHS.one,
      answer: ({ params: { TemplateName: name = '' }, input }) =>
        templates.replace(name, contentIn(requireObject(input, 'TemplateContent'))),
    },
  );
}
