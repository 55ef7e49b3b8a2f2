import type { Outcome } from './check.ts';

/** How the stack is deployed; NAME is that of the settings in `deployments/`. */
export const DEPLOY = 'npx vmx deploy --deployment NAME';

/** Deploys, and brings back what was changed or deleted by hand. Source: CloudFormation user guide, "Using drift-aware change sets". */
export const DEPLOY_OVER_DRIFT =
  'npm run synth -- --deployment NAME && npx cdk deploy --app dist/cdk --revert-drift';

/** Switches on what the instance lacks. */
export const FIX = 'npx vmx init --deployment NAME --fix';

/** The same findings, with the name of the deployment for NAME in their commands. */
export function forDeployment(outcomes: readonly Outcome[], deployment: string): readonly Outcome[] {
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'looked') return outcome;
    const findings = outcome.findings.map((finding) => ({
      ...finding,
      remedy: finding.remedy.replaceAll('--deployment NAME', `--deployment ${deployment}`),
    }));
    return { ...outcome, findings };
  });
}
