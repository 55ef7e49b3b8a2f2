import type { Check, Finding } from '../../check.ts';
import { flowList } from '../../facts/flow-list.ts';
import { type StackFlow, stackFlows } from '../../facts/stack-flows.ts';
import { templateProperties } from '../../facts/stack-template.ts';
import { AS_DEPLOYED } from './as-deployed.ts';
import { templateText } from './template-text.ts';

export const flowGone: Check = {
  id: 'flow-gone',
  lane: 'flows',
  title: 'whether the flows of the stack are still there',
  async run(look) {
    const ours = await stackFlows(look);
    if (!ours) return [];
    const listed = new Map((await flowList(look)).map((flow) => [flow.id, flow]));
    const missing = ours.filter(({ id }) => listed.get(id)?.isArchived !== false);
    if (missing.length === 0) return [];
    const properties = await templateProperties(look);
    return missing.map((flow): Finding => {
      const isArchived = listed.has(flow.id);
      const name = templateText(properties.get(flow.logicalId)?.['Name']) ?? flow.logicalId;
      return {
        // Without a task flow, delivery uses another one. Without the module, no message is recorded.
        severity: flow.isModule ? 'blocker' : 'warning',
        certainty: 'certain',
        what: `"${name}" is ${isArchived ? 'archived' : 'gone'}: the stack made it as ${flow.id}.`,
        suffers: suffersFrom(name),
        evidence: [{ api: listApi(flow), saw: `${flow.id}: ${isArchived ? 'ARCHIVED' : 'not listed'}` }],
        remedy: isArchived
          ? `Restore "${name}" in the Amazon Connect console, Routing, Flows.`
          : `A deployment alone does not make it again. ${AS_DEPLOYED}`,
      };
    });
  },
};

function suffersFrom(name: string): string {
  return /task|guide/.test(name)
    ? 'Agents: voicemails come in another way, with a note, and guides do not open.'
    : 'Callers: flows that use it take their error branch, and no message is recorded there.';
}

function listApi({ isModule }: StackFlow): string {
  return isModule ? 'connect:ListContactFlowModules' : 'connect:ListContactFlows';
}
