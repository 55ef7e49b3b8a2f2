import type { Check } from '../../check.ts';
import { counted } from '../../counted.ts';
import { isAnyNumberClaimed } from '../../facts/claimed-numbers.ts';
import { readFlows } from '../../facts/read-flows.ts';
import { stackFlows } from '../../facts/stack-flows.ts';

export const noNumberLeadsToVoicemail: Check = {
  id: 'no-number-leads-to-voicemail',
  lane: 'flows',
  title: 'whether a number leads to voicemail',
  async run(look) {
    if (!(await stackFlows(look))) return [];
    const { flows, leftOut, answeredNumbers } = await readFlows(look);
    if (flows.some(({ isReached, takesVoicemail }) => isReached && takesVoicemail)) return [];
    const leading = flows
      .filter(({ isOurs, hasVoicemail }) => hasVoicemail && !isOurs)
      .map(({ name }) => name);
    const hasNumber = answeredNumbers > 0 || (await isAnyNumberClaimed(look));
    const names = leading.slice(0, 3).map((name) => `"${name}"`);
    return [
      {
        severity: 'warning',
        // The next flow may depend on an attribute, and of many flows only some were read.
        certainty: leftOut > 0 || flows.some(isComputed) ? 'likely' : 'certain',
        what: hasNumber
          ? `No number leads to voicemail: ${counted(answeredNumbers, 'number')} of the instance ${answeredNumbers === 1 ? 'has' : 'have'} a flow, and none comes to one that takes a message.`
          : 'No number leads to voicemail: none is claimed for the instance.',
        suffers: 'Callers: nobody can leave a message.',
        evidence: [
          { api: 'connect:ListFlowAssociations', saw: `VOICE_PHONE_NUMBER: ${answeredNumbers}` },
          {
            api: 'connect:DescribeContactFlow',
            saw: `${counted(flows.length, 'flow')} read${leftOut > 0 ? `, ${leftOut} left out` : ''}`,
          },
        ],
        remedy:
          names.length > 0
            ? `Choose ${names.join(' or ')} for a number, or a flow that leads there: in the Amazon Connect console, Channels, Phone numbers.`
            : 'Choose "Voicemail test" for a number in the Amazon Connect console, Channels, Phone numbers, or use "Voicemail module" in a flow of yours; docs/flows.md.',
      },
    ];
  },
};

const GOES_TO_FLOW = new Set(['TransferToFlow', 'InvokeFlowModule', 'UpdateContactEventHooks']);

/** Whether it goes to a flow whose id is only known during a call. */
function isComputed({
  isReached,
  document,
}: Awaited<ReturnType<typeof readFlows>>['flows'][number]): boolean {
  return (
    isReached &&
    document.Actions.some(
      ({ Type: type, Parameters: parameters }) =>
        GOES_TO_FLOW.has(type) && JSON.stringify(parameters).includes('"$.'),
    )
  );
}
