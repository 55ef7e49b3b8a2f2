import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { AwsError } from '../../service.ts';
import { invalidValue, refused } from './errors.ts';
import { LONGEST_VISIBILITY_SECONDS, type QueueOptions } from './queue.ts';

/** By name: the setting, and its range. Source: SQS API reference, SetQueueAttributes. */
const NUMBERS: Readonly<
  Record<string, { readonly setting: keyof QueueOptions; readonly least: number; readonly most: number }>
> = {
  DelaySeconds: { setting: 'delaySeconds', least: 0, most: 900 },
  MessageRetentionPeriod: { setting: 'messageRetentionSeconds', least: 60, most: 1_209_600 },
  VisibilityTimeout: { setting: 'visibilityTimeoutSeconds', least: 0, most: LONGEST_VISIBILITY_SECONDS },
};
/** Attributes of queues that cannot be set here. */
const NOT_SIMULATED = [
  'FifoQueue',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'Policy',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
];
const MOST_RECEIVES = 1000;

/** What the `Attributes` of a request set. Throws AwsError, with 501 for attributes that are not simulated. */
export function settingsIn({ Attributes: attributes = {} }: JsonObject): Partial<QueueOptions> {
  if (!isJsonObject(attributes)) throw refused('InvalidAttributeName', 'Attributes must be a map.');
  return Object.assign(
    {},
    ...Object.entries(attributes).map(([name, value]) => settingOf(name, String(value))),
  );
}

function settingOf(name: string, value: string): Partial<QueueOptions> {
  if (name === 'RedrivePolicy') return { redrive: redriveIn(value) };
  if (NOT_SIMULATED.includes(name)) {
    throw new AwsError('UnknownOperationException', 501, `The simulator does not set the attribute ${name}`);
  }
  const { [name]: number } = NUMBERS;
  if (!number) throw refused('InvalidAttributeName', `Unknown Attribute ${name}.`);
  const { setting, least, most } = number;
  if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) {
    return { [setting]: Number(value) };
  }
  throw refused('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function redriveIn(text: string): NonNullable<QueueOptions['redrive']> {
  const policy = parsed(text);
  if (isJsonObject(policy)) {
    const { deadLetterTargetArn: deadLetterArn, maxReceiveCount } = policy;
    const most = Number(maxReceiveCount);
    if (typeof deadLetterArn === 'string' && Number.isInteger(most) && most >= 1 && most <= MOST_RECEIVES) {
      return { deadLetterArn, maxReceiveCount: most };
    }
  }
  throw invalidValue(text, 'RedrivePolicy', 'Redrive policy does not contain mandatory attributes.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
