import type { RestOperation } from '../../../gateway/protocols.ts';
import { badRequest, requireObject, requireText } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS, templateOperation } from '../template-operation.ts';
import { contentIn } from '../template-store.ts';

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

export function createEmailTemplate({ clock, account, templates }: SesParts): RestOperation {
  return templateOperation(
    { account },
    {
      name: 'CreateEmailTemplate',
      method: 'POST',
      path: TEMPLATE_PATHS.all,
      answer({ input }) {
        const name = requireText(input, 'TemplateName');
        if (!NAME.test(name)) throw badRequest(`Template name is not valid: ${name}`);
        const content = contentIn(requireObject(input, 'TemplateContent'));
        templates.add({ name, createdMs: clock.now(), content });
      },
    },
  );
}
