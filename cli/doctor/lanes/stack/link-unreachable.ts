import type { Check } from '../../check.ts';
import { linkAnswer, type LinkAnswer, linkPlace, type LinkPlace } from '../../facts/link-answer.ts';

const COMMON = {
  severity: 'warning',
  suffers: 'Agents and recipients of mails: a link to a recording does not open.',
} as const;

const UNREACHABLE = {
  name: 'Its name is not known to the DNS that this computer asks.',
  connection: 'The connection is refused or cut.',
  certificate: 'No TLS connection comes about, as where a proxy puts in a certificate of its own.',
  time: 'There is no answer within five seconds.',
  other: 'The connection fails.',
} as const;

export const linkUnreachable: Check = {
  id: 'link-unreachable',
  lane: 'stack',
  title: 'whether links to recordings open from here',
  async run(look) {
    const answer = await linkAnswer(look);
    if (answer === undefined || answer.kind === 'answered') return [];
    if (answer.kind === 'unreachable') {
      return [
        {
          ...COMMON,
          certainty: 'likely',
          what: `The address of links to recordings cannot be reached from this computer. ${UNREACHABLE[answer.why]}`,
          evidence: [{ api: 'GET, at the output LinkAddress', saw: answer.code }],
          remedy: remedyFor(answer, await linkPlace(look)),
        },
      ];
    }
    return [{ ...COMMON, certainty: 'certain', ...wordsFor(answer, await linkPlace(look)) }];
  },
};

/** By host: the names that a network has to let through. */
const NAMES: Readonly<Record<string, string>> = {
  'api-gateway': '*.execute-api.<region>.amazonaws.com',
  'own-domain': 'that name',
};

function remedyFor(
  { why }: Extract<LinkAnswer, { kind: 'unreachable' }>,
  { host, domainTarget }: LinkPlace,
): string {
  if (domainTarget !== undefined && why === 'name')
    return `Make the DNS record of links.domainName: a CNAME, or an alias in Route 53, to ${domainTarget}. Until then no link opens.`;
  return `Try it from the network of your agents: the output LinkAddress of the stack must show a page that says "This link does not work". If it does not, have ${NAMES[host] ?? '*.lambda-url.<region>.on.aws'} allowed there, port 443.`;
}

function wordsFor({ status }: Extract<LinkAnswer, { kind: 'refused' }>, { host }: LinkPlace) {
  const evidence = [{ api: 'GET, at the output LinkAddress', saw: `status ${status}` }];
  if (status === 403 && host === 'function-url') {
    return {
      what: 'AWS lets nobody call the function behind links to recordings.',
      evidence,
      remedy:
        "Deploy the stack again: its function URL needs both permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction, for everybody. If that does not help, a control policy of AWS Organizations may forbid public function URLs: set links.host to 'api-gateway'.",
    };
  }
  if (status === 429) {
    return {
      what: 'API Gateway takes no more requests for links just now: its limit for the stage is used up.',
      evidence,
      remedy:
        'Look again in a minute. If it goes on, somebody floods it: docs/delivery.md, "A flood of requests".',
    };
  }
  return {
    what: 'The function behind links to recordings does not answer as it should.',
    evidence,
    remedy:
      'Look into the log of open-recording; docs/operations.md has the heading "open-recording is failing".',
  };
}
