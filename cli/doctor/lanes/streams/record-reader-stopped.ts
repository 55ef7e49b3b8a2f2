import type { Check, Finding } from '../../check.ts';
import { type RecordReader, recordReaders } from '../../facts/record-readers.ts';
import { isDeployed, stack } from '../../facts/stack.ts';

const API = 'lambda:ListEventSourceMappings';
const SUFFERS = 'Callers: they leave a message, and no agent hears of it until this works again.';

export const recordReaderStopped: Check = {
  id: 'record-reader-stopped',
  lane: 'streams and keys',
  title: 'whether the stack reads the contact record stream',
  async run(look) {
    const deployed = await stack(look);
    if (deployed === undefined || !isDeployed(deployed)) return [];
    const ours = (await recordReaders(look)).filter(({ owner }) => owner === 'ours');
    return ours.length === 0
      ? [missing(look.config.contactRecordStreamArn, look.stackName)]
      : ours.flatMap((reader) => problemsOf(reader, look.home.region));
  },
};

function missing(streamArn: string, stackName: string): Finding {
  return {
    severity: 'blocker',
    certainty: 'likely',
    what: `contactRecordStreamArn is ${streamArn}, and no function that is called as those of the stack ${stackName} reads that stream.`,
    suffers: SUFFERS,
    evidence: [{ api: API, saw: 'none of contact-records' }],
    remedy: 'Deploy the settings; if they are deployed, deploy once more, so that the mapping is made again.',
  };
}

function problemsOf(
  { functionName, uuid, state, lastResult }: RecordReader,
  region: string,
): readonly Finding[] {
  const common = { certainty: 'certain', suffers: SUFFERS } as const;
  if (/^Disabl|^Delet/.test(state)) {
    return [
      {
        ...common,
        severity: 'blocker',
        what: `The function ${functionName} does not read the contact record stream: its event source mapping is ${state}.`,
        evidence: [{ api: API, saw: `State: ${state}` }],
        remedy: `Run "aws lambda update-event-source-mapping --uuid ${uuid} --enabled --region ${region}", or switch on the trigger in the Lambda console, under Configuration, Triggers. It goes on where it stopped, as far back as the stream keeps records.`,
      },
    ];
  }
  if (!lastResult.startsWith('PROBLEM')) return [];
  const isFunctions = lastResult.includes('Function call failed');
  return [
    {
      ...common,
      // A call that failed is tried again; what Lambda cannot read, it cannot read the next time either.
      severity: isFunctions ? 'warning' : 'blocker',
      what: `The last batch of contact records failed for ${functionName}: "${lastResult}".`,
      evidence: [{ api: API, saw: `LastProcessingResult: ${lastResult}` }],
      remedy: isFunctions
        ? `Look at the errors in the log of ${functionName} in CloudWatch. Records wait for 23 hours.`
        : 'Look whether the stream, its key and the rights of the function have changed since the deployment, and deploy again.',
    },
  ];
}
