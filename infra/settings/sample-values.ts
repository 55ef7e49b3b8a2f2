import type { VoicemailConfig } from '../config.ts';
import { textsWithin } from './texts-within.ts';

/** The values of `voicemail.config.ts`, which the simulator has and nobody's account. */
const SAMPLE = {
  account: '111122223333',
  instanceId: 'a1b2c3d4-0000-4000-8000-00000000aaaa',
  alias: 'acme',
  queueId: 'b1b1b1b1-0000-4000-8000-00000000b001',
  agentId: 'd4d4d4d4-0000-4000-8000-00000000d001',
} as const;

/** Domains that belong to nobody. Source: RFC 2606, sections 2 and 3. */
const NOBODYS_DOMAIN =
  /(?:^(?:\*\.)?|@)(?:[\w-]+\.)*(?:example\.(?:com|net|org)|[\w-]+\.(?:example|test|invalid))\s*>?\s*$/i;

/**
 * Which settings still have values of the sample, which no account of anybody has: a sentence each. They are right in
 * the simulator, and wrong wherever AWS is asked.
 */
export function sampleValuesIn(config: VoicemailConfig): readonly string[] {
  const { instanceArn, instanceAlias } = config;
  const isSampleInstance = instanceArn.endsWith(`:instance/${SAMPLE.instanceId}`);
  return [
    ...textsWithin(config)
      .filter(({ path: [first, second] }) => first !== 'flows' || second !== 'texts')
      .flatMap(({ path, text }) => {
        const what = whatIsSampleIn(text, path[0] === 'email');
        return what === undefined ? [] : [`${path.join('.')} has ${what}`];
      }),
    ...(isSampleInstance && instanceAlias === SAMPLE.alias
      ? [`instanceAlias is still ${SAMPLE.alias}, the alias of the sample instance`]
      : []),
  ];
}

function whatIsSampleIn(text: string, isOfMail: boolean): string | undefined {
  if (text.includes(`:instance/${SAMPLE.instanceId}`))
    return `the instance of the sample, ${SAMPLE.instanceId}`;
  if (text.startsWith('arn:') && text.split(':')[4] === SAMPLE.account)
    return `the account of the sample, ${SAMPLE.account}`;
  if (text.endsWith(`/queue/${SAMPLE.queueId}`)) return `the queue of the sample, ${SAMPLE.queueId}`;
  if (text.endsWith(`/agent/${SAMPLE.agentId}`)) return `the agent of the sample, ${SAMPLE.agentId}`;
  if (!text.includes('@') && !isOfMail) return undefined;
  if (!NOBODYS_DOMAIN.test(text)) return undefined;
  return `${text.includes('@') ? 'an address' : 'a domain'} of the sample, ${text}`;
}
