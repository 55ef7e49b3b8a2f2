import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

/** Stack outputs from which `vmx list`, `show` and `redrive` learn where things are. */
export function tellOperators(
  scope: Construct,
  { storage, queues }: { readonly storage: Storage; readonly queues: Queues },
): void {
  const put = (id: string, value: string) => new CfnOutput(scope, id, { value });
  put('LedgerTable', storage.ledger.tableName);
  put('RecordingsBucket', storage.recordings.bucketName);
  put('TranscriptsBucket', storage.transcripts.bucketName);
  put('LinkSecret', storage.linkSecret.secretArn);
  const named = {
    Recording: queues.recording,
    Transcription: queues.transcription,
    TranscriptionFailed: queues.transcriptionFailed,
    Delivery: queues.delivery,
  };
  for (const [name, { queue, deadLetters }] of Object.entries(named)) {
    put(`${name}QueueUrl`, queue.queueUrl);
    put(`${name}DeadLettersUrl`, deadLetters.queueUrl);
  }
}
