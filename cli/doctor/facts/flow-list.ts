import {
  ConnectClient,
  type ContactFlowState,
  paginateListContactFlowModules,
  paginateListContactFlows,
} from '@aws-sdk/client-connect';
import { FLOW_TYPES, type FlowType } from '../../../flows/language/document.ts';
import { fact } from '../look.ts';
import { everyPage } from './every-page.ts';

/** A flow or module of the instance, without its content. */
export interface ListedFlow {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Undefined: a type that is newer than this program. */
  readonly type: FlowType | undefined;
  readonly isArchived: boolean;
}

/** The flows and modules of the instance, 1,000 a call. */
export const flowList = fact(async (look): Promise<readonly ListedFlow[]> => {
  const paging = { client: look.client(ConnectClient), pageSize: 1000 };
  const asked = { InstanceId: look.home.instanceId };
  const [flowPages, modulePages] = await Promise.all([
    everyPage(look, 'connect:ListContactFlows', paginateListContactFlows(paging, asked)),
    everyPage(look, 'connect:ListContactFlowModules', paginateListContactFlowModules(paging, asked)),
  ]);
  const flows = flowPages.flatMap(({ ContactFlowSummaryList = [] }) => ContactFlowSummaryList);
  const modules = modulePages.flatMap(
    ({ ContactFlowModulesSummaryList = [] }) => ContactFlowModulesSummaryList,
  );
  return [
    ...flows.map(({ ContactFlowType, ContactFlowState, ...one }) =>
      listed(
        one,
        FLOW_TYPES.find((type) => type === ContactFlowType),
        ContactFlowState,
      ),
    ),
    ...modules.map(({ State, ...one }) => listed(one, 'MODULE', State)),
  ];
});

function listed(
  {
    Id: id = '',
    Arn: arn = '',
    Name: name = '',
  }: { Id?: string | undefined; Arn?: string | undefined; Name?: string | undefined },
  type: FlowType | undefined,
  state: ContactFlowState | undefined,
): ListedFlow {
  return { id, arn, name, type, isArchived: state === 'ARCHIVED' };
}
