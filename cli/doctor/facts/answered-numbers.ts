import { ConnectClient, paginateListFlowAssociations } from '@aws-sdk/client-connect';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** A telephone number of the instance that a flow answers. */
export interface AnsweredNumber {
  /** The ARN of the number; it does not contain the digits. */
  readonly numberArn: string;
  readonly flowId: string;
}

/** The telephone numbers that have a flow, 1,000 a call. */
export const answeredNumbers = fact(async (look): Promise<readonly AnsweredNumber[]> => {
  const paging = { client: look.client(ConnectClient), pageSize: 1000 };
  const asked = { InstanceId: look.home.instanceId, ResourceType: 'VOICE_PHONE_NUMBER' } as const;
  const pages = await everyPage(
    look,
    'connect:ListFlowAssociations',
    paginateListFlowAssociations(paging, asked),
  );
  return (
    pages
      .flatMap(({ FlowAssociationSummaryList = [] }) => FlowAssociationSummaryList)
      // An alias or a version of the flow may follow.
      .map(({ ResourceId: numberArn = '', FlowId: arn = '' }) => ({
        numberArn,
        flowId: /\/contact-flow\/([^/:]+)/.exec(arn)?.[1] ?? arn,
      }))
  );
});
