import { GetEmailTemplateCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { EmailTemplate } from '../../../src/domain/email/email.ts';
import type { Look } from '../look.ts';

/** Undefined: Amazon SES has no template of that name. */
export async function emailTemplate(name: string, look: Look): Promise<EmailTemplate | undefined> {
  const ses = look.client(SESv2Client);
  const command = new GetEmailTemplateCommand({ TemplateName: name });
  try {
    const { TemplateContent } = await look.ask('ses:GetEmailTemplate', () => ses.send(command));
    const { Subject: subject = '', Html: html, Text: text } = TemplateContent ?? {};
    return { subject, html, text };
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}
