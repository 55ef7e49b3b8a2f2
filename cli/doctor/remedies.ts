/** How the stack is deployed from this folder; NAME is that of the settings in `deployments/`. */
export const DEPLOY = 'npm run synth -- --deployment NAME && npx cdk deploy --app dist/cdk';

/** Deploys, and brings back what was changed or deleted by hand. Source: CloudFormation user guide, "Using drift-aware change sets". */
export const DEPLOY_OVER_DRIFT = `${DEPLOY} --revert-drift`;
