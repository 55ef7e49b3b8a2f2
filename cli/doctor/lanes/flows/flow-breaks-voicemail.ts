import { lintFlow } from '../../../../flows/lint/lint-flow.ts';
import type { Check, Finding } from '../../check.ts';
import { type ReadFlow, readFlows } from '../../facts/read-flows.ts';

/** Errors of one flow; "vmx lint-flow" shows all. */
const MOST_SHOWN = 3;

export const flowBreaksVoicemail: Check = {
  id: 'flow-breaks-voicemail',
  lane: 'flows',
  title: 'whether flows with voicemail lose messages',
  async run(look) {
    const { flows, leftOut } = await readFlows(look);
    const findings = flows.filter(({ hasVoicemail }) => hasVoicemail).flatMap(findingsFor);
    return leftOut > 0 ? [...findings, sampleOf(flows.length, leftOut)] : findings;
  },
};

function findingsFor({ id, name, type, document, isReached }: ReadFlow): readonly Finding[] {
  const errors = lintFlow({ name, document, ...(type && { type }) }).filter(
    ({ severity }) => severity === 'error',
  );
  const more = errors.length - MOST_SHOWN;
  return errors.slice(0, MOST_SHOWN).map(({ action, rule, message }, index) => ({
    severity: isReached ? 'blocker' : 'warning',
    certainty: 'certain',
    what: `In the flow "${name}"${action === undefined ? '' : `, block "${action}"`}: ${message}`,
    suffers: isReached
      ? 'Callers: a number leads to this flow.'
      : 'Nobody yet, as far as was seen: no number leads to this flow.',
    evidence: [{ api: `connect:${describeApi(type)}`, saw: `${id}: ${rule}` }],
    remedy: `Change the flow in the Amazon Connect console. "npx vmx lint-flow FILE" checks an export of it${index === MOST_SHOWN - 1 && more > 0 ? `, and tells ${more} more` : ''}.`,
  }));
}

function sampleOf(read: number, leftOut: number): Finding {
  return {
    severity: 'note',
    certainty: 'certain',
    what: `${read} flows were read, and ${leftOut} were not: Amazon Connect answers two calls a second.`,
    suffers:
      'Nobody: those that numbers lead to were read first. What is wrong with the others is not known.',
    evidence: [{ api: 'connect:ListContactFlows', saw: `${read + leftOut} flows and modules` }],
    remedy: 'Export flows that take voicemails, and check them with "npx vmx lint-flow FILE".',
  };
}

function describeApi(type: ReadFlow['type']): string {
  return type === 'MODULE' ? 'DescribeContactFlowModule' : 'DescribeContactFlow';
}
