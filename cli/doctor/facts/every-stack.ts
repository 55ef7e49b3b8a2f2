import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

interface SomeStack {
  readonly name: string;
  /** Its output `VoicemailModule`, an ARN. Undefined: it is not a stack of Voicemail Express. */
  readonly voicemailModuleArn: string | undefined;
}

/** All stacks of the account in the Region. Needs the permission for all stacks, and not only for one. */
export const everyStack = fact(async (look): Promise<readonly SomeStack[]> => {
  const pages = paginateDescribeStacks({ client: look.client(CloudFormationClient) }, {});
  const read = await everyPage(look, 'cloudformation:DescribeStacks', pages);
  return read
    .flatMap(({ Stacks = [] }) => Stacks)
    .map(({ StackName: name = '', Outputs: outputs = [] }) => ({
      name,
      voicemailModuleArn: outputs.find(({ OutputKey: key }) => key === 'VoicemailModule')?.OutputValue,
    }));
});
