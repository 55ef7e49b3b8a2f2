import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { VERSION } from '../version.ts';
import { DEPLOYMENTS } from './deployments.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

/** Stack outputs from which `vmx list`, `show` and `redrive` learn where things are, and people the version. */
export function tellOperators(
  scope: Construct,
  { storage, queues }: { readonly storage: Storage; readonly queues: Queues },
): void {
  const put = (id: string, value: string) => new CfnOutput(scope, id, { value });
  put('Version', VERSION);
  put('LedgerTable', storage.ledger.tableName);
  put('RecordingsBucket', storage.recordings.bucketName);
  put('TranscriptsBucket', storage.transcripts.bucketName);
  put('LinkSecret', storage.linkSecret.secretArn);
  for (const [bundle, { queue, deadLetters }] of queues.work) {
    const name = outputNameOf(DEPLOYMENTS.get(bundle)?.queue?.name ?? bundle);
    put(`${name}Url`, queue.queueUrl);
    put(`${name.replace(/Queue$/, '')}DeadLettersUrl`, deadLetters.queueUrl);
  }
}

/** `transcription-failed-queue` becomes `TranscriptionFailedQueue`. */
function outputNameOf(queue: string): string {
  return queue.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
