import { CloudFormationClient, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import { STACK_DESCRIPTION } from '../../../infra/version.ts';
import { fact } from '../look.ts';

interface ListedStack {
  readonly name: string;
  /** `DELETE_FAILED` */
  readonly status: string;
}

/** Every stack of Voicemail Express in the account and Region, by its description, that is not deleted. */
export const ourStacks = fact(async (look): Promise<readonly ListedStack[]> => {
  const client = look.client(CloudFormationClient);
  const StackStatusFilter = Object.values(StackStatus).filter((status) => status !== 'DELETE_COMPLETE');
  return look.ask('cloudformation:ListStacks', async () => {
    const found: ListedStack[] = [];
    for await (const { StackSummaries = [] } of paginateListStacks({ client }, { StackStatusFilter })) {
      for (const { TemplateDescription, StackName: name, StackStatus: status } of StackSummaries) {
        if (TemplateDescription === STACK_DESCRIPTION && name && status) found.push({ name, status });
      }
    }
    return found;
  });
});
