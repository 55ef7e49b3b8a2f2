import type { Check, Finding } from '../../check.ts';
import { counted } from '../../counted.ts';
import { type Alarm, alarms } from '../../facts/alarms.ts';
import { isConfirmed, subscriptionsTo } from '../../facts/subscriptions.ts';
import type { Look } from '../../look.ts';

const SUFFERS = 'Operators: they do not hear of it when voicemails are lost, late or refused.';

export const alarmsReachNobody: Check = {
  id: 'alarms-reach-nobody',
  lane: 'alarms',
  title: 'whether somebody hears of alarms',
  async run(look) {
    const found = await alarms(look);
    const actions = [...new Set(found.flatMap((alarm) => alarm.actions))];
    const topics = actions.filter((arn) => arn.split(':')[2] === 'sns');
    return [
      ...muted(found),
      ...(actions.length === 0 ? nobodyIsSet(look, found.length > 0) : []),
      ...(topics.length === 0 ? [] : await unconfirmed(topics, look)),
    ];
  },
};

function muted(found: readonly Alarm[]): readonly Finding[] {
  const silent = found.filter(({ isMuted }) => isMuted);
  if (silent.length === 0) return [];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `Somebody has switched off the actions of ${counted(silent.length, 'alarm')}: nobody hears of these.`,
      suffers: SUFFERS,
      evidence: silent.map(({ title }) => ({
        api: 'cloudwatch:DescribeAlarms',
        saw: `${title}: ActionsEnabled: false`,
      })),
      remedy: 'CloudWatch console, Alarms: select them, then Actions, Alarm actions, Enable.',
    },
  ];
}

function nobodyIsSet({ config: { alarmEmails } }: Look, areThere: boolean): readonly Finding[] {
  if (alarmEmails === undefined) {
    return [
      {
        severity: 'warning',
        certainty: 'certain',
        what: 'Nobody hears of alarms: alarmEmails is not set.',
        suffers: `${SUFFERS} They only see it in CloudWatch.`,
        evidence: areThere ? [{ api: 'cloudwatch:DescribeAlarms', saw: 'AlarmActions: none' }] : [],
        remedy:
          'Set alarmEmails in the settings, deploy, and confirm the mail that Amazon SNS sends to each address.',
      },
    ];
  }
  if (!areThere) return [];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `alarmEmails has ${counted(alarmEmails.length, 'address', 'addresses')}, and the deployed alarms tell nobody.`,
      suffers: SUFFERS,
      evidence: [{ api: 'cloudwatch:DescribeAlarms', saw: 'AlarmActions: none' }],
      remedy: 'Deploy the stack again with these settings.',
    },
  ];
}

async function unconfirmed(topics: readonly string[], look: Look): Promise<readonly Finding[]> {
  const { alarmEmails = [] } = look.config;
  const known = await Promise.all(topics.map((arn) => subscriptionsTo(arn, look)));
  const all = known.flatMap((one) => one ?? []);
  const confirmed = all.filter(isConfirmed).length;
  const pending = all.length - confirmed;
  const subscribed = new Set(all.map(({ Endpoint = '' }) => Endpoint.toLowerCase()));
  const missing = alarmEmails.filter((address) => !subscribed.has(address.toLowerCase())).length;
  if (confirmed > 0 && pending + missing === 0) return [];
  const why = [
    ...(pending > 0 ? [`${counted(pending, 'subscription is', 'subscriptions are')} not confirmed`] : []),
    ...(missing > 0
      ? [`${counted(missing, 'address', 'addresses')} of alarmEmails without a subscription`]
      : []),
    ...(all.length + missing === 0 ? ['their topic has no subscription'] : []),
  ];
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `Alarms reach ${confirmed === 0 ? 'nobody' : 'not everybody'}: ${why.join(', ')}.`,
      suffers: SUFFERS,
      evidence: [
        {
          api: 'sns:ListSubscriptionsByTopic',
          saw: `confirmed: ${confirmed}, PendingConfirmation: ${pending}, none: ${missing}`,
        },
      ],
      remedy:
        'Have the recipients follow the link in the mail "AWS Notification - Subscription Confirmation". After 48 hours Amazon SNS has deleted the subscription, and no deployment brings it back: Amazon SNS console, Subscriptions, Create subscription, with the topic of the stack, the protocol Email and the address.',
    },
  ];
}
