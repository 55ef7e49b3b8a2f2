import { VERSION } from '../../../../infra/version.ts';
import type { Check } from '../../check.ts';
import { isDeployed, outputOf, stack } from '../../facts/stack.ts';
import { DEPLOY } from '../../remedies.ts';

export const versionDiffers: Check = {
  id: 'version-differs',
  lane: 'stack',
  title: 'whether the stack was deployed by this version',
  async run(look) {
    const found = await stack(look);
    // A stack without a ledger is not one of ours, which another check reports.
    if (!found || !isDeployed(found) || outputOf(found, 'LedgerTable') === undefined) return [];
    const deployed = outputOf(found, 'Version');
    if (deployed === VERSION) return [];
    const isNewer = deployed !== undefined && compareVersions(deployed, VERSION) > 0;
    return [
      {
        severity: isNewer ? 'warning' : 'note',
        certainty: 'certain',
        what: `The stack was deployed by version ${deployed ?? 'unknown, an early one,'} of Voicemail Express, and this folder has ${VERSION}.`,
        suffers: isNewer
          ? 'Operators: vmx list, show and redrive may not understand what that version wrote, and a deployment from here brings back the older one.'
          : 'Operators: what is new here is not deployed yet.',
        evidence: [{ api: 'cloudformation:DescribeStacks', saw: `Version: ${deployed ?? 'no such output'}` }],
        remedy: isNewer
          ? `Use the folder of version ${deployed}.`
          : `Read CHANGELOG.md, and deploy: ${DEPLOY}.`,
      },
    ];
  },
};

/** Below 0, 0, above 0, as `Array.sort` takes it. Both are numbers with dots. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
