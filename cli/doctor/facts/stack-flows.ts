import { fact } from '../look.ts';
import { stackResources } from './stack.ts';

/** A flow or module that the stack created. */
export interface StackFlow {
  readonly logicalId: string;
  readonly id: string;
  readonly isModule: boolean;
}

const MODULE = 'AWS::Connect::ContactFlowModule';
const FLOW_RESOURCES = new Set(['AWS::Connect::ContactFlow', MODULE]);

/** The flows of the deployed stack. Undefined if there is no stack, or it has no flows. */
export const stackFlows = fact(async (look): Promise<readonly StackFlow[] | undefined> => {
  const flows = (await stackResources(look))
    .filter(({ type }) => FLOW_RESOURCES.has(type))
    // The physical id of a flow is its ARN. Source: CloudFormation template reference, return values, Ref.
    .map(({ logicalId, physicalId, type }) => ({
      logicalId,
      id: physicalId.slice(physicalId.lastIndexOf('/') + 1),
      isModule: type === MODULE,
    }));
  return flows.length === 0 ? undefined : flows;
});
