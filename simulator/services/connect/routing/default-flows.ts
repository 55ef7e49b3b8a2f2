import type { FlowAction, FlowType } from '../../../../flows/language/document.ts';
import type { StoredFlow } from '../flow/flow-store.ts';

/** The default flow for callers in a queue. A break replaces the music. */
export const DEFAULT_CUSTOMER_QUEUE = defaultFlow('CUSTOMER_QUEUE', 'Default customer queue', {
  Type: 'MessageParticipantIteratively',
  Parameters: {
    Messages: [
      {
        Text: 'Thank you for calling. Your call is important to us and will be answered in the order it was received.',
      },
      { SSML: '<speak><break time="10s"/></speak>' },
    ],
  },
});

/** Tells the agent which queue the call comes from. */
export const DEFAULT_AGENT_WHISPER = defaultFlow('AGENT_WHISPER', 'Default agent whisper', {
  Type: 'MessageParticipant',
  Parameters: { Text: '$.Queue.Name' },
});

/** Tells the caller with a beep that an agent is there. */
export const DEFAULT_CUSTOMER_WHISPER = defaultFlow('CUSTOMER_WHISPER', 'Default customer whisper', {
  Type: 'MessageParticipant',
  Parameters: { SSML: '<speak><say-as interpret-as="expletive">beep</say-as></speak>' },
});

/** One action; the flow ends after it, also if it fails. */
function defaultFlow(
  type: FlowType,
  name: string,
  action: Pick<FlowAction, 'Type' | 'Parameters'>,
): StoredFlow {
  const id = name.toLowerCase().replaceAll(' ', '-');
  const over = { NextAction: 'over', Errors: [{ ErrorType: 'NoMatchingError', NextAction: 'over' }] };
  return {
    id,
    arn: id,
    name,
    type,
    document: {
      Version: '2019-10-30',
      StartAction: 'say',
      Actions: [
        { Identifier: 'say', ...action, Transitions: over },
        { Identifier: 'over', Type: 'EndFlowExecution', Parameters: {}, Transitions: {} },
      ],
    },
  };
}
