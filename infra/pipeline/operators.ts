import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VoicemailConfig } from '../config.ts';
import { VERSION } from '../version.ts';
import { DEPLOYMENTS } from './deployments.ts';
import type { Queues } from './queues.ts';
import type { Storage } from './storage.ts';

interface Told {
  readonly config: VoicemailConfig;
  readonly storage: Storage;
  readonly queues: Queues;
}

/**
 * Stack outputs from which `vmx list`, `show`, `redrive` and `doctor` learn where things are and which instance
 * the stack serves, and people the version.
 */
export function tellOperators(scope: Construct, { config, storage, queues }: Told): void {
  const put = (id: string, value: string) => new CfnOutput(scope, id, { value });
  put('Version', VERSION);
  put('InstanceArn', config.instanceArn);
  put('LedgerTable', storage.ledger.tableName);
  put('RecordingsBucket', storage.recordings.bucketName);
  put('TranscriptsBucket', storage.transcripts.bucketName);
  put('FailuresBucket', storage.failures.bucketName);
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
