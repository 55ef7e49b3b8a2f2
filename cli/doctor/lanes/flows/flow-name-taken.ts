import { agentGuideView } from '../../../../flows/agent-guide-view.ts';
import { FLOWS } from '../../../../flows/flows.ts';
import { SAMPLE_REFS } from '../../../../flows/sample-refs.ts';
import { callerSettings } from '../../../../flows/settings.ts';
import type { Check } from '../../check.ts';
import { flowList } from '../../facts/flow-list.ts';
import { stackFlows } from '../../facts/stack-flows.ts';
import { viewNames } from '../../facts/view-names.ts';

export const flowNameTaken: Check = {
  id: 'flow-name-taken',
  lane: 'flows',
  title: 'whether the names of the flows are free',
  async run(look) {
    // A deployed stack has these names itself: Amazon Connect allows each only once.
    if (await stackFlows(look)) return [];
    const ours = Object.values(FLOWS).map((build) => build(callerSettings(), SAMPLE_REFS));
    const isOurs = ({ name, isModule }: { name: string; isModule: boolean }) =>
      ours.some((flow) => flow.name === name && (flow.type === 'MODULE') === isModule);
    const flows = (await flowList(look)).map(({ name, type }) => ({ name, isModule: type === 'MODULE' }));
    const taken = [
      ...flows.filter(isOurs).map(({ name, isModule }) => ({ name, kind: isModule ? 'module' : 'flow' })),
      ...(await viewNames(look))
        .filter((name) => name === agentGuideView().name)
        .map((name) => ({ name, kind: 'view' })),
    ];
    return taken.map(({ name, kind }) => ({
      severity: 'blocker' as const,
      certainty: 'certain' as const,
      what: `There is a ${kind} "${name}" already, which the stack ${look.stackName} did not make.`,
      suffers: 'Administrators: the deployment fails with DuplicateResourceException, and is rolled back.',
      evidence: [{ api: LIST_APIS[kind] ?? '', saw: `Name: ${name}` }],
      remedy: `Rename or delete the ${kind} "${name}" in the Amazon Connect console, Routing, Flows. If another stack of Voicemail Express made it, use that one: an instance has room for one.`,
    }));
  },
};

const LIST_APIS: Readonly<Record<string, string>> = {
  flow: 'connect:ListContactFlows',
  module: 'connect:ListContactFlowModules',
  view: 'connect:ListViews',
};
