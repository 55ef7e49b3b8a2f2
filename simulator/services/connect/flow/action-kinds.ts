import { checkHoursOfOperation } from './actions/check-hours-of-operation.ts';
import { checkMetricData } from './actions/check-metric-data.ts';
import { compare } from './actions/compare.ts';
import { createTask } from './actions/create-task.ts';
import { dequeueContactAndTransferToQueue } from './actions/dequeue-contact-and-transfer-to-queue.ts';
import { disconnectParticipant } from './actions/disconnect-participant.ts';
import { distributeByPercentage } from './actions/distribute-by-percentage.ts';
import { endFlowExecution } from './actions/end-flow-execution.ts';
import { endFlowModuleExecution } from './actions/end-flow-module-execution.ts';
import { getMetricData } from './actions/get-metric-data.ts';
import { getParticipantInput } from './actions/get-participant-input.ts';
import { invokeFlowModule } from './actions/invoke-flow-module.ts';
import { invokeLambdaFunction } from './actions/invoke-lambda-function.ts';
import { loop } from './actions/loop.ts';
import { messageParticipantIteratively } from './actions/message-participant-iteratively.ts';
import { messageParticipant } from './actions/message-participant.ts';
import { showView } from './actions/show-view.ts';
import { tagContact } from './actions/tag-contact.ts';
import { transferContactToQueue } from './actions/transfer-contact-to-queue.ts';
import { transferToFlow } from './actions/transfer-to-flow.ts';
import { untagContact } from './actions/untag-contact.ts';
import { updateContactAttributes } from './actions/update-contact-attributes.ts';
import { updateContactCallbackNumber } from './actions/update-contact-callback-number.ts';
import { updateContactData } from './actions/update-contact-data.ts';
import { updateContactEventHooks } from './actions/update-contact-event-hooks.ts';
import { updateContactMediaStreamingBehavior } from './actions/update-contact-media-streaming-behavior.ts';
import { updateContactRecordingBehavior } from './actions/update-contact-recording-behavior.ts';
import { updateContactRoutingBehavior } from './actions/update-contact-routing-behavior.ts';
import { updateContactRoutingCriteria } from './actions/update-contact-routing-criteria.ts';
import { updateContactTargetQueue } from './actions/update-contact-target-queue.ts';
import { updateContactTextToSpeechVoice } from './actions/update-contact-text-to-speech-voice.ts';
import { updateFlowAttributes } from './actions/update-flow-attributes.ts';
import { updateFlowLoggingBehavior } from './actions/update-flow-logging-behavior.ts';
import { wait } from './actions/wait.ts';
import type { ActionKind } from './action-kind.ts';

/**
 * Every type of action that the simulator runs. Those it knows not, among them Lex
 * bots, transfers to third parties and to agents, callbacks and customer profiles,
 * end a flow with an error.
 */
export const ACTION_KINDS: Readonly<Record<string, ActionKind>> = {
  CheckHoursOfOperation: checkHoursOfOperation,
  CheckMetricData: checkMetricData,
  Compare: compare,
  CreateTask: createTask,
  DequeueContactAndTransferToQueue: dequeueContactAndTransferToQueue,
  DisconnectParticipant: disconnectParticipant,
  DistributeByPercentage: distributeByPercentage,
  EndFlowExecution: endFlowExecution,
  EndFlowModuleExecution: endFlowModuleExecution,
  GetMetricData: getMetricData,
  GetParticipantInput: getParticipantInput,
  InvokeFlowModule: invokeFlowModule,
  InvokeLambdaFunction: invokeLambdaFunction,
  Loop: loop,
  MessageParticipant: messageParticipant,
  MessageParticipantIteratively: messageParticipantIteratively,
  ShowView: showView,
  TagContact: tagContact,
  TransferContactToQueue: transferContactToQueue,
  TransferToFlow: transferToFlow,
  UnTagContact: untagContact,
  UpdateContactAttributes: updateContactAttributes,
  UpdateContactCallbackNumber: updateContactCallbackNumber,
  UpdateContactData: updateContactData,
  UpdateContactEventHooks: updateContactEventHooks,
  UpdateContactMediaStreamingBehavior: updateContactMediaStreamingBehavior,
  UpdateContactRecordingBehavior: updateContactRecordingBehavior,
  UpdateContactRoutingBehavior: updateContactRoutingBehavior,
  UpdateContactRoutingCriteria: updateContactRoutingCriteria,
  UpdateContactTargetQueue: updateContactTargetQueue,
  UpdateContactTextToSpeechVoice: updateContactTextToSpeechVoice,
  UpdateFlowAttributes: updateFlowAttributes,
  UpdateFlowLoggingBehavior: updateFlowLoggingBehavior,
  Wait: wait,
};
