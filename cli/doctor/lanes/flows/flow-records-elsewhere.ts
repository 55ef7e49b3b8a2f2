import { audioIn } from '../../../../flows/lint/voicemail-actions.ts';
import type { Check, Finding } from '../../check.ts';
import { type ReadFlow, readFlows } from '../../facts/read-flows.ts';
import type { Look } from '../../look.ts';

export const flowRecordsElsewhere: Check = {
  id: 'flow-records-elsewhere',
  lane: 'flows',
  title: 'whether the pipeline may read what flows with voicemail record',
  async run(look) {
    const { flows } = await readFlows(look);
    return flows.flatMap((flow) => findingsFor(flow, look.config));
  },
};

/** A flow that sets the flag, and switches on no source that the settings name. */
function findingsFor(
  { id, name, type, document, isReached }: ReadFlow,
  { mediaStreams, ivrRecordings }: Look['config'],
): readonly Finding[] {
  const { isFlagging, isStreaming, isRecordingIvr } = audioIn(document);
  if (!isFlagging || (!isStreaming && !isRecordingIvr)) return [];
  if ((isStreaming && mediaStreams) || (isRecordingIvr && ivrRecordings)) return [];
  const [what, setting] = isStreaming
    ? ['streams the caller', 'mediaStreams']
    : ['records the automated interaction', 'ivrRecordings'];
  return [
    {
      severity: isReached ? 'blocker' : 'warning',
      certainty: 'certain',
      what: `The flow "${name}" ${what}, and the settings have no ${setting}.`,
      suffers: isReached
        ? 'Callers: the message cannot be read, and the agent is asked to call back.'
        : 'Nobody yet, as far as was seen: no number leads to this flow.',
      evidence: [
        {
          api: `connect:${type === 'MODULE' ? 'DescribeContactFlowModule' : 'DescribeContactFlow'}`,
          saw: id,
        },
      ],
      remedy: `Set ${setting} in the settings, and deploy; or have the flow call the voicemail module of the stack, which records as audioSource says.`,
    },
  ];
}
