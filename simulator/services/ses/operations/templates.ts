import type { SesParts } from '../parts.ts';
import type { RestOperation } from '../../../gateway/protocols.ts';
import { sesArn } from '../configuration-sets.ts';
import { badRequest, findText, requireObject, requireText } from '../input.ts';
import { contentIn, contentOut, renderTemplate, templateDataIn } from '../template-store.ts';

const COLLECTION = '/v2/email/templates';
const ONE = `${COLLECTION}/{TemplateName}`;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const MOST_PER_PAGE = 100;

/** Making, reading, changing and trying templates. Source: SES API v2 reference. */
export function templateOperations({ clock, account, templates }: SesParts): RestOperation[] {
  const allowed = (action: string) => (call: Parameters<RestOperation['needs']>[0]) => {
    const name = call.params['TemplateName'] ?? findText(call.input, 'TemplateName') ?? '';
    return [{ action: `ses:${action}`, resource: sesArn(account, 'template', name) }];
  };
  const operation = (
    name: string,
    [method, path]: readonly [string, string],
    answer: RestOperation['answer'],
  ): RestOperation => ({ name, method, path, needs: allowed(name), answer });

  return [
    operation('CreateEmailTemplate', ['POST', COLLECTION], ({ input }) => {
      const name = requireText(input, 'TemplateName');
      if (!NAME.test(name)) throw badRequest(`Template name is not valid: ${name}`);
      const content = contentIn(requireObject(input, 'TemplateContent'));
      templates.add({ name, createdMs: clock.now(), content });
    }),
    operation('GetEmailTemplate', ['GET', ONE], ({ params: { TemplateName: name = '' } }) => ({
      TemplateName: name,
      TemplateContent: contentOut(templates.require(name).content),
      Tags: [],
    })),
    operation('UpdateEmailTemplate', ['PUT', ONE], ({ params: { TemplateName: name = '' }, input }) =>
      templates.replace(name, contentIn(requireObject(input, 'TemplateContent'))),
    ),
    operation('DeleteEmailTemplate', ['DELETE', ONE], ({ params: { TemplateName: name = '' } }) =>
      templates.remove(name),
    ),
    operation('TestRenderEmailTemplate', ['POST', `${ONE}/render`], ({ params, input }) => {
      const { content } = templates.require(params['TemplateName'] ?? '');
      const rendered = renderTemplate(content, templateDataIn(requireText(input, 'TemplateData')));
      if ('reason' in rendered) throw badRequest(rendered.reason);
      const { subject, text = '', html = '' } = rendered.content;
      return { RenderedTemplate: [`Subject: ${subject}`, '', text, html].join('\r\n') };
    }),
    {
      ...operation('ListEmailTemplates', ['GET', COLLECTION], ({ query }) => {
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
      }),
      needs: () => [{ action: 'ses:ListEmailTemplates', resource: '*' }],
    },
  ];
}
