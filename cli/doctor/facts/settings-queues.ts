import { ConnectClient, DescribeQueueCommand, type Queue } from '@aws-sdk/client-connect';
import { fact, type Look } from '../look.ts';
import { instance } from './instance.ts';
import { unlessGone } from './unless-gone.ts';

/** A queue that the settings name. */
export interface SettingsQueue {
  readonly setting: 'fallbackQueueArn' | 'flows.entryQueueArn' | 'canary.queueArn';
  /** The last part of its ARN. */
  readonly id: string;
  /** Undefined: the instance has none of that id. */
  readonly queue: Queue | undefined;
}

/** The queues that the settings name for calls, each once. Empty if the instance does not exist. */
export const settingsQueues = fact(async (look): Promise<readonly SettingsQueue[]> => {
  if (!(await instance(look))) return [];
  const { fallbackQueueArn, flows } = look.config;
  const entryQueueArn = flows?.entryQueueArn;
  return Promise.all([
    settingsQueue('fallbackQueueArn', fallbackQueueArn, look),
    ...(entryQueueArn === undefined || entryQueueArn === fallbackQueueArn
      ? []
      : [settingsQueue('flows.entryQueueArn', entryQueueArn, look)]),
  ]);
});

/** The queue of the canary. Undefined: the settings have none, or the instance does not exist. */
export const canaryQueue = fact(async (look): Promise<SettingsQueue | undefined> => {
  const { canary } = look.config;
  if (!canary || !(await instance(look))) return undefined;
  return settingsQueue('canary.queueArn', canary.queueArn, look);
});

async function settingsQueue(
  setting: SettingsQueue['setting'],
  arn: string,
  look: Look,
): Promise<SettingsQueue> {
  const id = arn.slice(arn.lastIndexOf('/') + 1);
  const command = new DescribeQueueCommand({ InstanceId: look.home.instanceId, QueueId: id });
  const connect = look.client(ConnectClient);
  const answer = await unlessGone(look.ask('connect:DescribeQueue', () => connect.send(command)));
  return { setting, id, queue: answer?.Queue };
}
