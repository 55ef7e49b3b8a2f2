import { DEPLOY_OVER_DRIFT } from '../../remedies.ts';

/** Not verified: whether CloudFormation reverts flows. */
export const AS_DEPLOYED = `To have the flow as it was deployed: ${DEPLOY_OVER_DRIFT}.`;
