import type { EmailConfig } from '../../../../infra/email-settings.ts';
import { QUEUE_EMAIL_TAG } from '../../../../src/domain/contact-attributes.ts';
import type { Check, Finding } from '../../check.ts';
import { counted, listed } from '../../counted.ts';
import { instance } from '../../facts/instance.ts';
import { type AgentsMail, mailOfAgents, mailOfQueues, type QueueMail } from '../../facts/mail-recipients.ts';

export const mailRecipients: Check = {
  id: 'mail-recipients',
  lane: 'mail',
  title: 'who would get the mails of queues and agents',
  async run(look) {
    const { email } = look.config;
    if (!email || (await instance(look)) === undefined) return [];
    const [queues, agents] = await Promise.all([mailOfQueues(email, look), mailOfAgents(email, look)]);
    return [...overview(queues, agents, email), ...wrongTags(queues), ...nobody(queues, agents, email)];
  },
};

/** Says who has an address, and shows none. */
function overview(queues: readonly QueueMail[], agents: AgentsMail, email: EmailConfig): readonly Finding[] {
  const own = queues.filter(({ mailTo }) => mailTo === 'own');
  const others = queues.filter(({ mailTo }) => mailTo !== 'own');
  const otherwise = email.fallbackTo ? 'email.fallbackTo' : 'nobody';
  return [
    {
      severity: 'note',
      certainty: 'certain',
      what: `Mails go to an address of their own for ${own.length} of ${counted(queues.length, 'queue')}; those of the others go to ${otherwise}. ${agentsInWords(agents)}`,
      suffers: 'Nobody: this is who gets mails, unless a contact names somebody else in email_to.',
      evidence: [
        { api: 'connect:SearchQueues', saw: `an address: ${named(own)}; ${otherwise}: ${named(others)}` },
        {
          api: 'connect:SearchUsers',
          saw: `${agents.byUserName} of ${agents.all} user names are an address`,
        },
        ...(agents.lookedAt === 0
          ? []
          : [
              {
                api: 'connect:DescribeUser',
                saw: `${agents.lookedAt - agents.without.length} of ${agents.lookedAt} other agents have an address`,
              },
            ]),
      ],
      remedy: `To change it, set the tag ${QUEUE_EMAIL_TAG} of a queue, or the email of a user, in the Amazon Connect admin website.`,
    },
  ];
}

function agentsInWords({ all, byUserName, lookedAt, without }: AgentsMail): string {
  const others = all - byUserName;
  if (without.length === 0 && lookedAt === others) return `Of ${counted(all, 'agent')}, all have an address.`;
  if (lookedAt === others) return `Of ${counted(all, 'agent')}, ${all - without.length} have an address.`;
  return `Of ${counted(all, 'agent')}, ${byUserName} have one in their user name; of ${lookedAt} others that were looked at, as a sample, ${lookedAt - without.length} have one.`;
}

function wrongTags(queues: readonly QueueMail[]): readonly Finding[] {
  const wrong = queues.filter(({ isTagWrong }) => isTagWrong);
  if (wrong.length === 0) return [];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `Not all of the tag ${QUEUE_EMAIL_TAG} is an email address that mails may go to, in ${wrong.length} of ${counted(queues.length, 'queue')}.`,
      suffers:
        'Recipients: what is not an address, or not in email.allowedDomains, is left out, and gets no mail.',
      evidence: [{ api: 'connect:SearchQueues', saw: `queues: ${named(wrong)}` }],
      remedy: `Correct the tag ${QUEUE_EMAIL_TAG} of these queues: addresses with spaces between them. AWS says of tags that they can have letters, digits, spaces and _ . / = + -, and not whether @ is among them: whether yours can have it, the tag itself shows.`,
    },
  ];
}

function nobody(queues: readonly QueueMail[], agents: AgentsMail, email: EmailConfig): readonly Finding[] {
  const left = queues.filter(({ mailTo }) => mailTo === 'nobody');
  if (email.fallbackTo || left.length + agents.without.length === 0) return [];
  const sample = agents.lookedAt < agents.all - agents.byUserName ? `, of ${agents.lookedAt} looked at,` : '';
  const who = [
    ...(left.length === 0 ? [] : [counted(left.length, 'queue')]),
    ...(agents.without.length === 0 ? [] : [`${counted(agents.without.length, 'agent')}${sample}`]),
  ];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `Mails of ${who.join(' and ')} go to nobody, and email.fallbackTo is not set.`,
      suffers: 'Agents: these voicemails become tasks instead of mails, with a note.',
      evidence: [
        ...(left.length === 0
          ? []
          : [{ api: 'connect:SearchQueues', saw: `queues without an address: ${named(left)}` }]),
        ...(agents.without.length === 0
          ? []
          : [{ api: 'connect:DescribeUser', saw: `agents without one, by id: ${listed(agents.without)}` }]),
      ],
      remedy: `Set email.fallbackTo in the settings, and deploy; or give the queues the tag ${QUEUE_EMAIL_TAG}, and the users an email.`,
    },
  ];
}

function named(queues: readonly QueueMail[]): string {
  return listed(queues.map(({ name }) => name));
}
