import {
  CreateEmailTemplateCommand,
  DeleteEmailTemplateCommand,
  type EmailTemplateContent,
  GetEmailTemplateCommand,
  ListEmailTemplatesCommand,
  SESv2Client,
  UpdateEmailTemplateCommand,
} from '@aws-sdk/client-sesv2';
import type { EmailTemplate } from '../../src/domain/email/email.ts';
import { RefusedError } from '../command.ts';
import { PATIENT_HANDLER } from './patience.ts';
import { isAskedTooOften, sesRefusalOf } from './ses-refusals.ts';

/** The email templates of one account and Region. All throw RefusedError, in words. */
export interface SesTemplates {
  /** The whole list, all pages; the newest first. */
  readonly list: () => Promise<readonly TemplateEntry[]>;
  readonly read: (name: string) => Promise<EmailTemplate>;
  readonly create: (name: string, template: EmailTemplate) => Promise<void>;
  /** Replaces the whole template: a missing part is removed. */
  readonly replace: (name: string, template: EmailTemplate) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

interface TemplateEntry {
  readonly name: string;
  readonly createdIso: string;
}

export interface SesPlace {
  readonly region: string;
  /** The account of the templates: credentials that name another account are refused. */
  readonly accountId: string;
  /** Where that is written, for the refusal. */
  readonly settingsFile: string;
  /** Absent: AWS, or what the environment says. */
  readonly endpoint?: string | undefined;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}

/** SES answers one template call a second, and the pipeline reads templates too. Source: SES developer guide, quotas. */
const BETWEEN_CALLS_MS = 1_100;
const MOST_TRIES = 5;
const PAGE_SIZE = 100;

/**
 * Templates in Amazon SES, asked for at the pace that SES allows. The SDK does not try
 * again: SES cannot tell a second try from a second template.
 */
export function sesTemplates({ region, accountId, settingsFile, endpoint, wait }: SesPlace): SesTemplates {
  const place = { region, ...(endpoint !== undefined && { endpoint }) };
  const ses = new SESv2Client({
    ...place,
    maxAttempts: 1,
    requestHandler: PATIENT_HANDLER,
  });
  let calls = 0;

  async function ask<T>(action: string, name: string, call: () => Promise<T>): Promise<T> {
    const refuse = (error: unknown) => sesRefusalOf(error, { action, name, ...place });
    if (calls === 0) {
      const credentials = await ses.config.credentials().catch((error: unknown) => {
        throw refuse(error);
      });
      refuseOtherAccount(credentials.accountId, accountId, settingsFile);
    }
    for (let tries = 1; ; tries += 1) {
      if (calls > 0) await wait(BETWEEN_CALLS_MS * tries);
      calls += 1;
      try {
        return await call();
      } catch (error) {
        if (tries === MOST_TRIES || !isAskedTooOften(error)) throw refuse(error);
      }
    }
  }

  return {
    list: async () => {
      const entries: TemplateEntry[] = [];
      let NextToken: string | undefined;
      do {
        const page = new ListEmailTemplatesCommand({
          PageSize: PAGE_SIZE,
          ...(NextToken !== undefined && { NextToken }),
        });
        const answer = await ask('ListEmailTemplates', '', () => ses.send(page));
        for (const { TemplateName: name = '', CreatedTimestamp: created } of answer.TemplatesMetadata ?? []) {
          entries.push({ name, createdIso: created?.toISOString() ?? '' });
        }
        NextToken = answer.NextToken;
      } while (NextToken);
      return entries;
    },
    read: async (name) => {
      const command = new GetEmailTemplateCommand({ TemplateName: name });
      const { TemplateContent } = await ask('GetEmailTemplate', name, () => ses.send(command));
      const { Subject: subject = '', Html: html, Text: text } = TemplateContent ?? {};
      return { subject, html, text };
    },
    create: async (name, template) => {
      const input = { TemplateName: name, TemplateContent: contentOf(template) };
      await ask('CreateEmailTemplate', name, () => ses.send(new CreateEmailTemplateCommand(input)));
    },
    replace: async (name, template) => {
      const input = { TemplateName: name, TemplateContent: contentOf(template) };
      await ask('UpdateEmailTemplate', name, () => ses.send(new UpdateEmailTemplateCommand(input)));
    },
    remove: async (name) => {
      const command = new DeleteEmailTemplateCommand({ TemplateName: name });
      await ask('DeleteEmailTemplate', name, () => ses.send(command));
    },
  };
}

function contentOf({ subject, html, text }: EmailTemplate): EmailTemplateContent {
  return {
    Subject: subject,
    ...(html !== undefined && { Html: html }),
    ...(text !== undefined && { Text: text }),
  };
}

function refuseOtherAccount(theirs: string | undefined, ours: string, settingsFile: string): void {
  if (theirs === undefined || theirs === ours) return;
  throw new RefusedError(
    `the AWS credentials are of account ${theirs}, and the Amazon Connect instance in ${settingsFile} is in ${ours}; choose others with AWS_PROFILE`,
  );
}
