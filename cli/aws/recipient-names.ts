import { ConnectClient, paginateListQueues, paginateListUsers } from '@aws-sdk/client-connect';
import { RefusedError } from '../command.ts';
import { type AskedPlace, askAws } from './ask-aws.ts';
import { PATIENT } from './patience.ts';

/** Names by ARN, and why some are missing. */
interface RecipientNames {
  readonly names: ReadonlyMap<string, string>;
  /** In words, if Amazon Connect refused. A name is not worth a failing command. */
  readonly refusal: string | undefined;
}

/** As many as Amazon Connect gives at once, of whose calls the stack needs its share. */
const PAGE = { MaxResults: 1000 };

/** Throws RefusedError if there is none of that name, in words, with those that there are. */
export async function recipientNamed(
  { queue, agent }: { readonly queue?: string | undefined; readonly agent?: string | undefined },
  { instanceArn, place }: { instanceArn: string; place: AskedPlace },
): Promise<string> {
  const kinds = [`${instanceArn}/${queue === undefined ? 'agent' : 'queue'}/`];
  const { names, refusal } = await recipientNames(kinds, { instanceArn, place });
  if (refusal !== undefined) throw new RefusedError(refusal);
  const wanted = queue ?? agent;
  const [arn] = [...names].find(([known, name]) => name === wanted || known.endsWith(`/${wanted}`)) ?? [];
  if (arn !== undefined) return queue === undefined ? ownQueueOf(arn) : arn;
  const all = [...names.values()].toSorted().slice(0, MOST_NAMES).join(', ');
  const what = queue === undefined ? 'agent' : 'queue';
  throw new RefusedError(`the instance has no ${what} "${wanted}". It has: ${all}`);
}

const MOST_NAMES = 50;

/** An agent's own queue: `…/agent/<id>` becomes `…/queue/agent/<id>`. */
function ownQueueOf(agentArn: string): string {
  return agentArn.replace('/agent/', '/queue/agent/');
}

/** The names of the queues, and the user names of the agents, that are among the ARNs. */
export async function recipientNames(
  arns: readonly string[],
  { instanceArn, place }: { instanceArn: string; place: AskedPlace },
): Promise<RecipientNames> {
  const client = new ConnectClient({ ...place, ...PATIENT });
  const names = new Map<string, string>();
  const note = (arn: string | undefined, name: string | undefined) => {
    if (arn !== undefined && name !== undefined) names.set(arn, name);
  };
  const noteAgent = (arn: string | undefined, name: string | undefined) => {
    note(arn, name);
    note(arn && ownQueueOf(arn), name);
  };
  const asked = { ...PAGE, InstanceId: instanceArn.slice(instanceArn.lastIndexOf('/') + 1) };

  const askQueues = async () => {
    for await (const page of paginateListQueues({ client }, { ...asked, QueueTypes: ['STANDARD'] })) {
      for (const { Arn, Name } of page.QueueSummaryList ?? []) note(Arn, Name);
    }
  };
  const askUsers = async () => {
    for await (const page of paginateListUsers({ client }, asked)) {
      for (const { Arn, Username } of page.UserSummaryList ?? []) noteAgent(Arn, Username);
    }
  };
  try {
    if (arns.some((arn) => arn.includes('/queue/'))) await askAws('connect:ListQueues', place, askQueues);
    if (arns.some((arn) => arn.includes('/agent/'))) await askAws('connect:ListUsers', place, askUsers);
    return { names, refusal: undefined };
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { names, refusal: error.message };
  }
}
