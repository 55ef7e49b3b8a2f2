import { CfnOutput, Fn } from 'aws-cdk-lib';
import {
  CfnContactFlow,
  CfnContactFlowModule,
  CfnIntegrationAssociation,
  CfnView,
} from 'aws-cdk-lib/aws-connect';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { agentGuideFlow } from '../../flows/agent-guide-flow.ts';
import { agentGuideView } from '../../flows/agent-guide-view.ts';
import { agentWhisper } from '../../flows/agent-whisper.ts';
import type { BuiltFlow } from '../../flows/builder/flow.ts';
import { customerWhisper } from '../../flows/customer-whisper.ts';
import { entryBusy } from '../../flows/entry-busy.ts';
import { entryClosed } from '../../flows/entry-closed.ts';
import { entryUnstaffed } from '../../flows/entry-unstaffed.ts';
import { guidedTaskFlow } from '../../flows/guided-task-flow.ts';
import { inQueueFlow } from '../../flows/in-queue-flow.ts';
import { callerSettings } from '../../flows/settings.ts';
import { taskFlow } from '../../flows/task-flow.ts';
import { testFlow } from '../../flows/test-flow.ts';
import { voicemailModule } from '../../flows/voicemail-module.ts';
import { audioSourceOf, type VoicemailConfig } from '../config.ts';

export interface FlowsProps {
  readonly config: VoicemailConfig;
  /** Asked by the agent's guide. Connect may invoke it already. */
  readonly showVoicemail: IFunction;
}

/** The flows that voicemails' tasks enter. */
export interface TaskFlows {
  readonly task: CfnContactFlow;
  readonly guidedTask: CfnContactFlow;
}

/**
 * The contact flows, the module and the view, in the instance. They refer to each
 * other by what CloudFormation knows of them: no id is written down anywhere. What an
 * administrator connects is an output of the stack.
 */
export function voicemailFlows(scope: Construct, { config, showVoicemail }: FlowsProps): TaskFlows {
  const { instanceArn, fallbackQueueArn, flows: settings = {} } = config;
  const caller = callerSettings(settings, config.defaultLanguage, audioSourceOf(config));
  const flowsScope = new Construct(scope, 'flows');
  const add = (id: string, { name, description, type, content }: BuiltFlow) =>
    new CfnContactFlow(flowsScope, id, { instanceArn, name, description, type, content: inAscii(content) });

  const guide = add(
    'agent-guide-flow',
    agentGuideFlow({
      viewArn: guideView(flowsScope, instanceArn).attrViewArn,
      showVoicemailArn: showVoicemail.functionArn,
    }),
  );
  // A flow may only name a function that the instance knows.
  guide.addResourceDependency(associated(flowsScope, instanceArn, showVoicemail));
  const task = add('task-flow', taskFlow({ fallbackQueueArn }));
  const agentGuideFlowArn = guide.attrContactFlowArn;
  const guidedTask = add('guided-task-flow', guidedTaskFlow({ fallbackQueueArn, agentGuideFlowArn }));

  const { name, description, content } = voicemailModule(caller);
  const module = { instanceArn, name, description, content: inAscii(content) };
  const { attrContactFlowModuleArn: moduleArn } = new CfnContactFlowModule(
    flowsScope,
    'voicemail-module',
    module,
  );
  const queueArn = settings.entryQueueArn ?? fallbackQueueArn;
  const { testAgentArn: agentArn } = settings;
  const inQueue = add('in-queue-flow', inQueueFlow(caller));
  const toAgent = add('agent-whisper', agentWhisper(caller));
  const toCustomer = add('customer-whisper', customerWhisper(caller));
  const entry = {
    queueArn,
    moduleArn,
    inQueueFlowArn: inQueue.attrContactFlowArn,
    agentWhisperArn: toAgent.attrContactFlowArn,
    customerWhisperArn: toCustomer.attrContactFlowArn,
  };

  putOut(scope, {
    TestFlow: add(
      'test-flow',
      testFlow(caller, { queueArn, moduleArn, ...(agentArn !== undefined && { agentArn }) }),
    ),
    EntryClosedFlow: add('entry-closed', entryClosed(caller, entry)),
    EntryBusyFlow: add('entry-busy', entryBusy(caller, entry)),
    EntryUnstaffedFlow: add('entry-unstaffed', entryUnstaffed(caller, entry)),
    InQueueFlow: inQueue,
    AgentWhisperFlow: toAgent,
    CustomerWhisperFlow: toCustomer,
    TaskFlow: task,
    GuidedTaskFlow: guidedTask,
  });
  new CfnOutput(scope, 'VoicemailModule', { value: moduleArn, description });
  return { task, guidedTask };
}

/**
 * The same JSON in characters that CloudFormation gives back as they are: in what GetTemplate answers, each other
 * one is a `?`. Source: aws-cloudformation/cloudformation-coverage-roadmap, 814 and 1220.
 */
function inAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function guideView(scope: Construct, instanceArn: string): CfnView {
  const { actions, ...view } = agentGuideView();
  return new CfnView(scope, 'agent-guide-view', { instanceArn, ...view, actions: [...actions] });
}

function associated(scope: Construct, instanceArn: string, fn: IFunction): CfnIntegrationAssociation {
  return new CfnIntegrationAssociation(scope, 'show-voicemail', {
    instanceId: instanceArn,
    integrationType: 'LAMBDA_FUNCTION',
    integrationArn: fn.functionArn,
  });
}

/** The ARNs of what an administrator connects to numbers and queues. */
function putOut(scope: Construct, flows: Readonly<Record<string, CfnContactFlow>>): void {
  for (const [id, { attrContactFlowArn: value, description }] of Object.entries(flows)) {
    new CfnOutput(scope, id, { value, ...(description !== undefined && { description }) });
  }
}

/** `…/contact-flow/<id>`: CloudFormation knows the ARN alone. */
export function flowIdOf({ attrContactFlowArn }: CfnContactFlow): string {
  return Fn.select(1, Fn.split('contact-flow/', attrContactFlowArn));
}
