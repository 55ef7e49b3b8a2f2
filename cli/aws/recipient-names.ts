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
  const asked = { ...PAGE, InstanceId: instanceArn.slice(instanceArn.lastIndexOf('/') + 1) };

  const askQueues = async () => {
    for await (const page of paginateListQueues({ client }, { ...asked, QueueTypes: ['STANDARD'] })) {
      for (const { Arn, Name } of page.QueueSummaryList ?? []) note(Arn, Name);
    }
  };
  const askUsers = async () => {
    for await (const page of paginateListUsers({ client }, asked)) {
      for (const { Arn, Username } of page.UserSummaryList ?? []) note(Arn, Username);
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
