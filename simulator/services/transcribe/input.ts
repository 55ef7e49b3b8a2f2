import type { JsonObject } from '../../gateway/protocols.ts';
import type { ApiRequest, Permission } from '../../service.ts';
import type { TranscribeParts } from './parts.ts';

/** The operation's own action on the job that it names. */
export function onJob(action: string, { account: { partition, region } }: Pick<TranscribeParts, 'account'>) {
  return ({ TranscriptionJobName: name }: JsonObject, { caller }: ApiRequest): readonly Permission[] => [
    {
      action: `transcribe:${action}`,
      resource: `arn:${partition}:transcribe:${region}:${caller.accountId}:transcription-job/${String(name)}`,
    },
  ];
}
