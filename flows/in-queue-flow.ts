import { audioStart } from './audio-steps.ts';
import { type BuiltFlow, flow } from './builder/flow.ts';
import { numberKnown } from './recipient.ts';
import { recorder, RECORDER_TEXTS } from './recorder.ts';
import type { CallerSettings } from './settings.ts';
import { inTheVoicemailsLanguage, say } from './spoken.ts';

const OFFER_SECONDS = 5;

/**
 * Offers voicemail to callers who wait, and records while they stay in the queue: a
 * queue flow can call no module. The next free agent gets the call at any moment, in
 * the middle of the voicemail too, and this flow ends where it is. The whispers that the
 * entry flow has set before do the rest.
 *
 * The contact record names the queue of the voicemail. An attribute would still name it after an agent has
 * taken the call and transferred it to another queue.
 */
export function inQueueFlow(settings: CallerSettings): BuiltFlow {
  const waiting = [{ Text: '$.FlowAttributes.waiting' }, quietOf(settings)];
  return flow({
    name: 'Voicemail in queue',
    description: 'Offers voicemail to callers who wait, and records the message while they keep their place.',
    type: 'CUSTOMER_QUEUE',
    start: 'Which language?',
    actions: {
      ...inTheVoicemailsLanguage(
        settings,
        ['waiting', 'offer', 'cannotRecord', 'stayOnTheLine', ...RECORDER_TEXTS],
        () => 'Wait for an agent',
      ),
      'Wait for an agent': {
        type: 'MessageParticipantIteratively',
        parameters: { Messages: waiting, InterruptFrequencySeconds: `${settings.offerEverySeconds}` },
        conditions: [{ operator: 'Equals', operand: 'MessagesInterrupted', next: 'Offer voicemail' }],
        next: 'Offer voicemail',
        errors: { NoMatchingError: 'Offer voicemail' },
      },
      'Offer voicemail': {
        type: 'GetParticipantInput',
        parameters: {
          Text: '$.FlowAttributes.offer',
          StoreInput: 'False',
          InputTimeLimitSeconds: `${OFFER_SECONDS}`,
        },
        conditions: [{ operator: 'Equals', operand: '1', next: 'Is a number named?' }],
        next: 'Wait for an agent',
        errors: {
          InputTimeLimitExceeded: 'Wait for an agent',
          NoMatchingCondition: 'Wait for an agent',
          NoMatchingError: 'Wait without offers',
        },
      },
      ...numberKnown(audioStart(settings.audioSource)),
      ...recorder(settings, 'Say that it cannot record'),
      'Say that it cannot record': say('cannotRecord', 'Ask to stay on the line'),
      'Ask to stay on the line': say('stayOnTheLine', 'Wait without offers'),
      'Wait without offers': {
        type: 'MessageParticipantIteratively',
        parameters: { Messages: waiting },
      },
    },
  });
}

/** What is between two announcements: music, or half a minute of silence; a single break has ten seconds at most. */
function quietOf({ holdMusicPromptArn }: CallerSettings) {
  const silence = '<break time="10s"/>'.repeat(3);
  return holdMusicPromptArn === undefined
    ? { SSML: `<speak>${silence}</speak>` }
    : { PromptId: holdMusicPromptArn };
}
