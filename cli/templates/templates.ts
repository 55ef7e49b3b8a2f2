import type { TemplatesWork } from './work.ts';
import { UsageError, type Command } from '../command.ts';

type Subcommand = (args: readonly string[], work: TemplatesWork) => Promise<number>;

/** Each loads what it needs when it is asked for: the AWS SDK alone takes longer than a help text should. */
const SUBCOMMANDS: Readonly<Record<string, () => Promise<Subcommand>>> = {
  list: async () => (await import('./templates-read.ts')).listTemplates,
  show: async () => (await import('./templates-read.ts')).showTemplate,
  create: async () => (await import('./templates-write.ts')).createTemplate,
  update: async () => (await import('./templates-write.ts')).updateTemplate,
  delete: async () => (await import('./templates-write.ts')).deleteTemplate,
  preview: async () => (await import('./templates-preview.ts')).previewTemplate,
};

/** `vmx templates`: the email templates that an account keeps in Amazon SES. */
export function templatesCommand(wait: TemplatesWork['wait']): Command {
  return {
    name: 'templates',
    summary: 'list, show, change and preview the templates of emails',
    usage: USAGE,
    run: async ([subcommand, ...args], terminal) => {
      const names = Object.keys(SUBCOMMANDS).join(', ');
      if (subcommand === undefined) throw new UsageError(`which of ${names}?`);
      const load = Object.hasOwn(SUBCOMMANDS, subcommand) ? SUBCOMMANDS[subcommand] : undefined;
      if (!load) throw new UsageError(`there is no "${subcommand}"; there are ${names}`);
      const run = await load();
      return await run(args, { terminal, wait });
    },
  };
}

const USAGE = `vmx templates list
vmx templates show NAME | --default queue|agent  [--html|--text]
vmx templates create NAME --subject TEXT [--html FILE] [--text FILE] [--force]
vmx templates update NAME [--subject TEXT] [--html FILE] [--text FILE] [--force]
vmx templates delete NAME --yes
vmx templates preview NAME | --default queue|agent | [--subject TEXT] [--html FILE] [--text FILE]
                      [--data FILE.json] [--for queue|agent] [--part html|text] [--out FILE.html]

  NAME            a template in Amazon SES, in the account and Region of the settings
  --default       our own template, for queues or for agents
  --subject TEXT  the subject; it may have variables, like the parts
  --html FILE     the HTML part
  --text FILE     the text part
  --file FILE     instead of these three: JSON as SES has it, { "Subject", "Html", "Text" },
                  also within "TemplateContent" or as SES v1 had it. Update: nothing else stays
  --force         take a template that cannot be used as it is
  --data FILE     what to fill it with: { "caller": "+1 …", "customer_tier": "gold", … },
                  our variables and a contact's attributes. Without it: a sample
  --for agent     with the sample of an agent's voicemail instead of a queue's
  --part text     the text part instead of the HTML part
  --out FILE      into this file, and the text part beside it as .txt, instead of to standard output
  --deployment NAME
                  the settings in deployments/NAME.config.ts (default: the only deployment there is;
                  in the simulator, the sample)
  --endpoint URL  instead of AWS, as AWS_ENDPOINT_URL does
  --json          for machines: one JSON value on standard output

Update leaves as it is what is not given. Credentials are those of the AWS SDK: AWS_PROFILE and the like.

  vmx templates show --default queue --json > west.json
  vmx templates create west --file west.json
  vmx templates preview west --out west.html

Exit code: 0 done, 1 refused by AWS or because the template cannot be used, 2 not used as described here.`;
