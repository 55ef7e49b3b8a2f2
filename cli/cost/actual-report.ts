import { table } from '../terminal-text.ts';
import { byService } from './model/estimate.ts';
import type { CostLine } from './model/line.ts';

/** What Cost Explorer says of one service. */
export interface Paid {
  /** `stack`: what has the tag of the stack. `account`: all that the account has in the Region. */
  readonly scope: 'stack' | 'account';
  readonly service: string;
  readonly dollars: number;
}

/** What was used, as CloudWatch counted it. */
export interface Usage {
  /** Of each function, by its bundle. */
  readonly functions: Readonly<Record<string, { readonly invocations: number; readonly gbSeconds: number }>>;
  /** Undefined: CloudWatch has no values. */
  readonly queueMessages: number | undefined;
  readonly emptyReceives: number | undefined;
  readonly writeUnits: number | undefined;
  readonly readUnits: number | undefined;
  /** Recordings that came. */
  readonly voicemails: number;
}

export interface Actual {
  /** Days of UTC; `to` does not belong to it. */
  readonly from: string;
  readonly to: string;
  readonly usage: Usage;
  /** Undefined: Cost Explorer was not asked. */
  readonly paid: readonly Paid[] | undefined;
  readonly stackName: string;
}

/** How often Cost Explorer is asked: for the stack, and for the account. */
const REQUESTS = 2;
export const PRICE_OF_REQUESTS = `${REQUESTS} requests to Cost Explorer, for which AWS takes 0.01 dollars each`;
/** CloudFormation gives it to what it makes. */
export const STACK_TAG = 'aws:cloudformation:stack-name';

/** Of the estimate: how many each place of it counted, or paid. */
export function actualInWords(actual: Actual, ours: readonly CostLine[]): readonly string[] {
  const { from, to, usage, paid } = actual;
  return [
    `From ${from} to before ${to}, as CloudWatch counted it:`,
    table([['WHAT', 'COUNTED', 'RECKONED'], ...usageRows(usage, ours)]),
    '',
    ...(paid ? paidInWords({ ...actual, paid }, ours) : [NOT_ASKED]),
  ];
}

const NOT_ASKED = `What was paid was not asked for: that takes ${PRICE_OF_REQUESTS}. --yes does it.`;

function usageRows(usage: Usage, ours: readonly CostLine[]): readonly (readonly string[])[] {
  const reckoned = (...names: readonly CostLine['price'][]) =>
    count(ours.filter(({ price }) => names.includes(price)).reduce((sum, { quantity }) => sum + quantity, 0));
  const functions = Object.values(usage.functions);
  const sum = (of: (one: (typeof functions)[number]) => number) =>
    count(functions.reduce((total, one) => total + of(one), 0));
  return [
    ['voicemails', count(usage.voicemails), count(usage.voicemails)],
    ['Lambda: requests', sum(({ invocations }) => invocations), reckoned('lambdaRequest')],
    ['Lambda: GB-seconds', sum(({ gbSeconds }) => gbSeconds), reckoned('lambdaGbSecondArm')],
    ['SQS: requests', requests(usage), reckoned('sqsRequest')],
    ['DynamoDB: write units', count(usage.writeUnits), reckoned('dynamodbWrite')],
    ['DynamoDB: read units', count(usage.readUnits), reckoned('dynamodbRead')],
  ];
}

/** A message is sent, received and deleted. */
function requests({ queueMessages, emptyReceives }: Usage): string {
  return queueMessages === undefined ? '-' : count(queueMessages * 3 + (emptyReceives ?? 0));
}

function count(value: number | undefined): string {
  return value === undefined ? '-' : String(Math.round(value));
}

function paidInWords(
  { paid, stackName }: Actual & { readonly paid: readonly Paid[] },
  ours: readonly CostLine[],
): readonly string[] {
  const reckoned = byService(ours);
  const of = (wanted: Paid['scope']) => paid.filter(({ scope }) => scope === wanted);
  const services = [...new Set(paid.map(({ service }) => service))];
  const rows = services.map((service) => [
    service,
    ...(['stack', 'account'] as const).map((scope) => sumFor(of(scope), service)),
    (reckoned.get(NAMES[service] ?? service) ?? 0).toFixed(2),
  ]);
  return [
    'Paid, by Cost Explorer:',
    table([['SERVICE', 'STACK', 'ACCOUNT', 'RECKONED'], ...rows]),
    ...(of('stack').length === 0
      ? [
          `Nothing has the tag ${STACK_TAG} = ${stackName}: it counts from the day on which somebody activates it as a cost allocation tag, in the console of Billing.`,
        ]
      : []),
    'STACK is what has that tag: transcription jobs, calls and their audio do not. ACCOUNT is all of the Region.',
    'The data of Cost Explorer come a day late, and change until the month is billed.',
  ];
}

function sumFor(paid: readonly Paid[], service: string): string {
  const found = paid.filter((one) => one.service === service);
  return found.length === 0 ? '-' : found.reduce((sum, { dollars }) => sum + dollars, 0).toFixed(2);
}

/** Names that Cost Explorer has for services, and ours. The names are from memory: not verified on an account. */
const NAMES: Readonly<Record<string, string>> = {
  AmazonCloudWatch: 'Amazon CloudWatch',
  'Amazon Simple Storage Service': 'Amazon S3',
  'Amazon Simple Queue Service': 'Amazon SQS',
  'Amazon Simple Email Service': 'Amazon SES',
  'Amazon Kinesis': 'Amazon Kinesis Data Streams',
  'AWS Key Management Service': 'AWS KMS',
  'CloudWatch Events': 'Amazon EventBridge',
};
