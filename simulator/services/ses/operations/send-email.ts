import type { SesParts } from '../parts.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import type { RestCall, RestOperation } from '../../../gateway/protocols.ts';
import { AwsError, type Permission } from '../../../service.ts';
import { sesArn } from '../configuration-sets.ts';
import { findObject, findText, isText, listOf } from '../input.ts';
import { addressOf, recipientsOf, type SentMail } from '../mail.ts';
import { mailEvent, type TakenMail } from '../mail-events.ts';
import { askedMail } from '../message.ts';
import { outcomesOf } from '../outcomes.ts';
import { rawMail } from '../raw-message.ts';
import { identityOf } from '../sender-identities.ts';
import { trackClicks } from '../track-clicks.ts';

/**
 * Accepts a mail and sends it. Only events report the result, and only with a configuration set that
 * publishes them: if a template's data lacks a variable, the answer is the same, and no mail is sent.
 */
export function sendEmail(parts: SesParts): RestOperation {
  const { clock, account, happenings, configurationSets, sending, bus, keep } = parts;

  function tell(taken: TakenMail): void {
    const { configurationSet } = taken.asked;
    for (const outcome of outcomesOf(taken, clock.now())) {
      if (configurationSets.isPublished(configurationSet, outcome.type))
        bus.put(mailEvent(taken, outcome, account));
    }
  }

  return {
    name: 'SendEmail',
    method: 'POST',
    path: '/v2/email/outbound-emails',
    needs: (call) => needs(call, parts),
    answer({ input, request }) {
      const asked = askedMail(input, parts.templates);
      const { configurationSet } = asked;
      if (configurationSet !== undefined && !configurationSets.require(configurationSet).sendingEnabled) {
        const message = `Sending paused for configuration set ${configurationSet}.`;
        throw new AwsError('SendingPausedException', 400, message);
      }
      sending.check(asked);

      const messageId = `0100${randomBytes(6).toString('hex')}-${randomUUID()}-000000`;
      const identity = identityOf(asked.from, parts.identities) ?? addressOf(asked.from);
      const taken = { asked, messageId, atMs: clock.now(), callerArn: request.caller.arn, identity };
      const outcomes = outcomesOf(taken, taken.atMs);
      if (outcomes.some(({ type }) => type === 'DELIVERY' || type === 'BOUNCE')) {
        const mail = sentMail(taken, parts);
        keep(mail);
        happenings.tell({
          kind: 'mail-sent',
          atMs: mail.atMs,
          messageId,
          recipients: recipientsOf(mail).length,
          subject: mail.subject,
        });
      }
      clock.after(0, () => tell(taken));
      return { MessageId: messageId };
    },
  };
}

/**
 * Templates need an action of their own as well, raw messages only theirs.
 * Source: Service Authorization Reference, Amazon SES.
 */
function needs({ input }: RestCall, { account, identities }: SesParts): Permission[] {
  const destination = findObject(input, 'Destination') ?? {};
  const content = findObject(input, 'Content') ?? {};
  const raw = findObject(content, 'Raw');
  const from = findText(input, 'FromEmailAddress') ?? (raw && rawMail(raw).from) ?? '';
  const template = findText(findObject(content, 'Template') ?? {}, 'TemplateName');
  const configurationSet = findText(input, 'ConfigurationSetName');
  const context = {
    'ses:FromAddress': addressOf(from),
    'ses:Recipients': listOf(destination, 'ToAddresses', isText).map(addressOf),
  };
  const actions = raw
    ? ['SendRawEmail']
    : ['SendEmail', ...('Template' in content ? ['SendTemplatedEmail'] : [])];
  const resources = [
    sesArn(account, 'identity', identityOf(from, identities) ?? addressOf(from)),
    ...(configurationSet === undefined ? [] : [sesArn(account, 'configuration-set', configurationSet)]),
    ...(template === undefined ? [] : [sesArn(account, 'template', template)]),
  ];
  return resources.flatMap((resource) =>
    actions.map((name) => ({ action: `ses:${name}`, resource, context })),
  );
}

function sentMail({ asked, messageId, atMs }: TakenMail, { account, configurationSets }: SesParts): SentMail {
  const { content, isUntracked, configurationSet } = asked;
  const isTracked = !isUntracked && configurationSets.isPublished(configurationSet, 'CLICK');
  const { from, to, cc, bcc, replyTo, headers, attachments } = asked;
  const mail = { messageId, atMs, from, to, cc, bcc, replyTo, headers, attachments };
  if ('reason' in content) return { ...mail, subject: '' };
  const { html } = content;
  if (html === undefined || !isTracked) return { ...mail, ...content };
  return { ...mail, ...content, html: trackClicks(html, { region: account.region, messageId }) };
}
