import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { nameOf } from '../../src/adapters/aws-errors.ts';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** The queues between the steps, as alarms and people call them. */
export const QUEUE_NAMES = [
  'recording-queue',
  'transcription-queue',
  'transcription-failed-queue',
  'delivery-queue',
] as const;

export type QueueName = (typeof QUEUE_NAMES)[number];

/** What the outputs of each queue begin with. */
const OUTPUT_PREFIXES: Readonly<Record<QueueName, string>> = {
  'recording-queue': 'Recording',
  'transcription-queue': 'Transcription',
  'transcription-failed-queue': 'TranscriptionFailed',
  'delivery-queue': 'Delivery',
};

/** The key of the output with the URL of a queue's dead-letter queue. */
export function deadLettersOutputOf(name: QueueName): string {
  return `${OUTPUT_PREFIXES[name]}DeadLettersUrl`;
}

interface QueueUrls {
  readonly url: string;
  readonly deadLettersUrl: string;
}

/** Where a deployment keeps things. */
export interface DeployedStack {
  readonly ledgerTable: string;
  readonly recordingsBucket: string;
  readonly transcriptsBucket: string;
  /** Undefined: an earlier version deployed the stack. */
  readonly failuresBucket: string | undefined;
  readonly queues: Readonly<Record<QueueName, QueueUrls>>;
}

/** Reads the outputs of the stack. Throws RefusedError, also if it is not there. */
export async function deployedStack(stackName: string, place: AskedPlace): Promise<DeployedStack> {
  const outputs = await outputsOf(stackName, place);
  const output = (key: string) => {
    const value = outputs.get(key);
    if (value !== undefined) return value;
    throw new RefusedError(
      `the stack ${stackName} has no output ${key}: it was deployed by an older version. Deploy it again`,
    );
  };
  const queue = (name: QueueName) => ({
    url: output(`${OUTPUT_PREFIXES[name]}QueueUrl`),
    deadLettersUrl: output(deadLettersOutputOf(name)),
  });
  return {
    ledgerTable: output('LedgerTable'),
    recordingsBucket: output('RecordingsBucket'),
    transcriptsBucket: output('TranscriptsBucket'),
    failuresBucket: outputs.get('FailuresBucket'),
    queues: {
      'recording-queue': queue('recording-queue'),
      'transcription-queue': queue('transcription-queue'),
      'transcription-failed-queue': queue('transcription-failed-queue'),
      'delivery-queue': queue('delivery-queue'),
    },
  };
}

/** By their keys. Throws RefusedError, also if the stack is not there. */
export async function outputsOf(stackName: string, place: AskedPlace): Promise<ReadonlyMap<string, string>> {
  const cloudFormation = new CloudFormationClient({ ...place, ...PATIENT });
  const command = new DescribeStacksCommand({ StackName: stackName });
  const { Stacks } = await askAws('cloudformation:DescribeStacks', place, async () => {
    try {
      return await cloudFormation.send(command);
    } catch (error) {
      if (error instanceof Error && nameOf(error) === 'ValidationError' && /not exist/.test(error.message)) {
        const where = place.endpoint ?? place.region;
        throw new RefusedError(
          `there is no stack ${stackName} in ${where}: deploy it, or name another with --stack`,
          { cause: error },
        );
      }
      throw error;
    }
  });
  const outputs = Stacks?.[0]?.Outputs ?? [];
  return new Map(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}
