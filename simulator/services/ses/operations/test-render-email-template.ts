import type { RestOperation } from '../../../gateway/protocols.ts';
import { badRequest, requireText } from '../input.ts';
import type { SesParts } from '../parts.ts';
import { TEMPLATE_PATHS, templateOperation } from '../template-operation.ts';
import { renderTemplate, templateDataIn } from '../template-store.ts';

export function testRenderEmailTemplate({ account, templates }: SesParts): RestOperation {
  return templateOperation(
    { account },
    {
      name: 'TestRenderEmailTemplate',
      method: 'POST',
      path: TEMPLATE_PATHS.render,
      answer({ params, input }) {
        const { content } = templates.require(params['TemplateName'] ?? '');
        const rendered = renderTemplate(content, templateDataIn(requireText(input, 'TemplateData')));
        if ('reason' in rendered) throw badRequest(rendered.reason);
        const { subject, text = '', html = '' } = rendered.content;
        return { RenderedTemplate: [`Subject: ${subject}`, '', text, html].join('\r\n') };
      },
    },
  );
}
