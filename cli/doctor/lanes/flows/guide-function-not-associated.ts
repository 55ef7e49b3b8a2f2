import type { FlowDocument } from '../../../../flows/language/document.ts';
import type { Check } from '../../check.ts';
import { associatedFunctions } from '../../facts/associated-functions.ts';
import { flowContent } from '../../facts/flow-content.ts';
import { flowList } from '../../facts/flow-list.ts';
import { stackFlows } from '../../facts/stack-flows.ts';
import type { Look } from '../../look.ts';

export const guideFunctionNotAssociated: Check = {
  id: 'guide-function-not-associated',
  lane: 'flows',
  title: 'whether the guide may invoke its function',
  async run(look) {
    const invoked = await functionsOfOurFlows(look);
    if (invoked.size === 0) return [];
    const associated = new Set(await associatedFunctions(look));
    return [...invoked]
      .filter(([arn]) => !associated.has(arn))
      .map(([arn, flowName]) => ({
        severity: 'warning' as const,
        certainty: 'certain' as const,
        what: `"${flowName}" invokes the function ${nameOf(arn)}, which the instance does not know.`,
        suffers:
          'Agents: the guide of a voicemail says that it cannot be shown. The task itself has transcript and link.',
        evidence: [
          { api: 'connect:ListLambdaFunctions', saw: `${nameOf(arn)} is not among ${associated.size}` },
        ],
        remedy: `aws connect associate-lambda-function --instance-id ${look.home.instanceId} --function-arn ${arn} --region ${look.home.region}`,
      }));
  },
};

/** The ARNs of functions that the stack's flows invoke, and the name of a flow that does. */
async function functionsOfOurFlows(look: Look): Promise<ReadonlyMap<string, string>> {
  const ours = await stackFlows(look);
  if (!ours) return new Map();
  const ids = new Set(ours.map(({ id }) => id));
  const listed = (await flowList(look)).filter(({ id }) => ids.has(id));
  const found = await Promise.all(
    listed.map(async (flow) => {
      const content = await flowContent(flow, look);
      const arns = content.kind === 'read' ? functionsIn(content.document) : [];
      return arns.map((arn) => [arn, flow.name] as const);
    }),
  );
  return new Map(found.flat());
}

/** ARNs of the functions that a flow invokes. The stack's have no version and no alias. */
function functionsIn({ Actions: actions }: FlowDocument): readonly string[] {
  return actions.flatMap(({ Type: type, Parameters: { LambdaFunctionARN: arn } }) =>
    type === 'InvokeLambdaFunction' && typeof arn === 'string' && arn.startsWith('arn:') ? [arn] : [],
  );
}

function nameOf(functionArn: string): string {
  return functionArn.replace(/^.*:function:/, '');
}
