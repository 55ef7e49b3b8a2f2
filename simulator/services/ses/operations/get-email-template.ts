import type { RestOperation } from '../../../gateway/protocols.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS, templateOperation } from '../template-operation.ts';
import { contentOut } from '../template-store.ts';

export function getEmailTemplate({ account, templates }: SesParts): RestOperation {
  return templateOperation(
    { account },
    {
      name: 'GetEmailTemplate',
      method: 'GET',
      path: TEMPLATE_PATHS.one,
      answer: ({ params: { TemplateName: name = '' } }) => ({
        TemplateName: name,
        TemplateContent: contentOut(templates.require(name).content),
        Tags: [],
      }),
    },
  );
}
