import type { Check } from '../../check.ts';
import { linkAnswer, type LinkAnswer } from '../../facts/link-answer.ts';

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
          remedy:
            'Try it from the network of your agents: the output LinkAddress of the stack must show a page that says "This link does not work". If it does not, have *.lambda-url.<region>.on.aws allowed there, port 443.',
        },
      ];
    }
    return [{ ...COMMON, certainty: 'certain', ...wordsFor(answer) }];
  },
};

function wordsFor({ status }: Extract<LinkAnswer, { kind: 'refused' }>) {
  const evidence = [{ api: 'GET, at the output LinkAddress', saw: `status ${status}` }];
  if (status === 403) {
    return {
      what: 'AWS lets nobody call the function behind links to recordings.',
      evidence,
      remedy:
        'Deploy the stack again: its function URL needs both permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction, for everybody. If that does not help, a control policy of AWS Organizations may forbid public function URLs.',
    };
  }
  return {
    what: 'The function behind links to recordings does not answer as it should.',
    evidence,
    remedy:
      'Look into the log of open-recording; docs/operations.md has the heading "open-recording is failing".',
  };
}
