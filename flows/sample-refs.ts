import type { FlowRefs } from './flows.ts';

const INSTANCE = 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa';

/** ARNs of an instance that does not exist, for golden files, pictures and tests. */
export const SAMPLE_REFS: Required<FlowRefs> = {
  fallbackQueueArn: `${INSTANCE}/queue/b1b1b1b1-0000-4000-8000-00000000b001`,
  queueArn: `${INSTANCE}/queue/b1b1b1b1-0000-4000-8000-00000000b002`,
  agentArn: `${INSTANCE}/agent/d4d4d4d4-0000-4000-8000-00000000d001`,
  moduleArn: `${INSTANCE}/flow-module/9a9a9a9a-0000-4000-8000-00000000f901`,
  inQueueFlowArn: `${INSTANCE}/contact-flow/9a9a9a9a-0000-4000-8000-00000000f905`,
  agentWhisperArn: `${INSTANCE}/contact-flow/9a9a9a9a-0000-4000-8000-00000000f906`,
  customerWhisperArn: `${INSTANCE}/contact-flow/9a9a9a9a-0000-4000-8000-00000000f907`,
  agentGuideFlowArn: `${INSTANCE}/contact-flow/9a9a9a9a-0000-4000-8000-00000000f904`,
  viewArn: `${INSTANCE}/view/7e7e7e7e-0000-4000-8000-00000000f701`,
  showVoicemailArn: 'arn:aws:lambda:us-east-1:111122223333:function:show-voicemail',
};
