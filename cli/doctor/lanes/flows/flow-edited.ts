import { parseFlow } from '../../../../flows/language/document.ts';
import type { Check, Finding } from '../../check.ts';
import { counted } from '../../counted.ts';
import { flowContent } from '../../facts/flow-content.ts';
import { flowList, type ListedFlow } from '../../facts/flow-list.ts';
import { stackFlows } from '../../facts/stack-flows.ts';
import { templateProperties } from '../../facts/stack-template.ts';
import type { Look } from '../../look.ts';
import { AS_DEPLOYED } from './as-deployed.ts';
import { flowDifferences } from './flow-differences.ts';
import { templateText } from './template-text.ts';

export const flowEdited: Check = {
  id: 'flow-edited',
  lane: 'flows',
  title: 'whether the flows of the stack are as they were deployed',
  async run(look) {
    const ours = await stackFlows(look);
    if (!ours) return [];
    const [properties, listed] = await Promise.all([templateProperties(look), flowList(look)]);
    const byId = new Map(listed.map((flow) => [flow.id, flow]));
    const findings = await Promise.all(
      ours.map(async ({ id, logicalId }) => {
        const flow = byId.get(id);
        const template = templateText(properties.get(logicalId)?.['Content']);
        return flow && template !== undefined ? findingsFor(flow, template, look) : [];
      }),
    );
    return findings.flat();
  },
};

async function findingsFor(flow: ListedFlow, template: string, look: Look): Promise<readonly Finding[]> {
  const content = await flowContent(flow, look);
  if (content.kind === 'unreadable') return [];
  const differences = flowDifferences(parseFlow(template), content.document);
  if (differences.length === 0) return [];
  const describe = flow.type === 'MODULE' ? 'DescribeContactFlowModule' : 'DescribeContactFlow';
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `"${flow.name}" was edited since it was deployed: ${inShort(differences)}.`,
      suffers:
        'Callers and agents: they meet what was edited, until the next deployment that changes the flow takes it back.',
      evidence: [
        { api: `connect:${describe}`, saw: `${flow.id}: ${counted(differences.length, 'difference')}` },
        { api: 'cloudformation:GetTemplate', saw: `${look.stackName}: the flow without them` },
      ],
      remedy: `To keep the changes, save the flow under another name in Amazon Connect, and use that one. ${AS_DEPLOYED}`,
    },
  ];
}

const MOST_SHOWN = 4;

function inShort(differences: readonly string[]): string {
  const more = differences.length - MOST_SHOWN;
  const shown = differences.slice(0, MOST_SHOWN).join(', ');
  return more > 0 ? `${shown}, and ${more} more` : shown;
}
