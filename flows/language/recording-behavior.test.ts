import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flowDocument, type ShortAction } from '../../test/flow-document.ts';
import { publishProblems, publishProblemsByAction } from './publish-problems.ts';

const flowOf = (action: ShortAction) =>
  flowDocument({ first: action, end: { type: 'DisconnectParticipant' } });

const records = (parameters: Readonly<Record<string, unknown>>): ShortAction => ({
  type: 'UpdateContactRecordingAndAnalyticsBehavior',
  parameters,
  next: 'end',
  errors: { ChannelMismatch: 'end', InFlightRedactionConfigurationFailed: 'end', NoMatchingError: 'end' },
});

const ANALYZED = { Enabled: 'True', AnalyticsLanguage: 'en-US' };
const ANALYTICS = 'VoiceBehavior.VoiceAnalyticsBehavior';
const ONE_RECORDED = { RecordedParticipants: ['Agent'], IVRRecordingBehavior: 'Enabled' };
const BOTH_RECORDED = { ...ONE_RECORDED, RecordedParticipants: ['Agent', 'Customer'] };
const analyzes = (analytics: unknown) =>
  records({ VoiceBehavior: { VoiceRecordingBehavior: BOTH_RECORDED, VoiceAnalyticsBehavior: analytics } });

test('all that the newer action for recordings takes is published, for calls, chats and screens', () => {
  const redacted = {
    Enabled: 'True',
    RedactionResults: '$.Attributes.redaction',
    RedactionMaskMode: 'EntityType',
    RedactionEntities: ['NAME', 'PHONE'],
  };
  const more = {
    ...ANALYZED,
    ConversationalAnalyticsRedactionConfiguration: redacted,
    SentimentConfiguration: { Enabled: 'False' },
    SummaryConfiguration: { SummaryModes: ['PostContact', 'AutomatedInteraction'] },
  };
  const inFlight = {
    Enabled: true,
    RedactionMaskMode: 'PII',
    RedactionEntities: ['NAME'],
    DeliverUnprocessedMessages: 'False',
  };
  const chat = {
    ...more,
    AnalyticsLanguage: '$.Attributes.language',
    AnalyticsModes: ['ContactLens'],
    InFlightChatRedactionConfiguration: inFlight,
  };

  for (const action of [
    analyzes({ ...more, AnalyticsModes: ['RealTime', 'AutomatedInteraction'] }),
    records({ VoiceBehavior: { VoiceRecordingBehavior: ONE_RECORDED } }),
    records({ VoiceBehavior: { VoiceAnalyticsBehavior: { Enabled: 'False' } } }),
    records({ ChatBehavior: { ChatAnalyticsBehavior: chat } }),
    records({ ScreenRecordingBehavior: { ScreenRecordedParticipants: ['Agent'] } }),
  ])
    assert.deepEqual(publishProblemsByAction(flowOf(action), 'CONTACT_FLOW'), []);
});

const REFUSED: readonly (readonly [string, ShortAction, readonly string[]])[] = [
  [
    'recording is set for calls or for chats',
    records({ VoiceBehavior: {}, ChatBehavior: {} }),
    ['Only one of these properties may be defined. Properties: [VoiceBehavior, ChatBehavior]'],
  ],
  [
    'a call is analyzed only if agent and customer are recorded',
    records({ VoiceBehavior: { VoiceRecordingBehavior: ONE_RECORDED, VoiceAnalyticsBehavior: ANALYZED } }),
    ['Invalid Action property value. Path: Actions[0].Parameters.VoiceBehavior.VoiceAnalyticsBehavior'],
  ],
  [
    'the language of a call that is analyzed is static',
    analyzes({ ...ANALYZED, AnalyticsLanguage: '$.Attributes.language' }),
    [`Invalid Action property value. Path: Actions[0].Parameters.${ANALYTICS}.AnalyticsLanguage`],
  ],
  [
    'a list of what is redacted is not empty, and what it masks with is static',
    analyzes({
      ...ANALYZED,
      ConversationalAnalyticsRedactionConfiguration: {
        RedactionEntities: [],
        RedactionMaskMode: '$.Attributes.mask',
      },
    }),
    ['RedactionMaskMode', 'RedactionEntities'].map(
      (name) =>
        `Invalid Action property value. Path: Actions[0].Parameters.${ANALYTICS}.ConversationalAnalyticsRedactionConfiguration.${name}`,
    ),
  ],
  [
    'a call is analyzed at once or afterwards',
    analyzes({ ...ANALYZED, AnalyticsModes: ['RealTime', 'PostContact'] }),
    [`Invalid Action property value. Path: Actions[0].Parameters.${ANALYTICS}.AnalyticsModes`],
  ],
];

for (const [what, action, problems] of REFUSED) {
  test(what, () => assert.deepEqual(publishProblems(flowOf(action), 'CONTACT_FLOW'), problems));
}

test('a parameter that is new to us is a doubt, and published', () => {
  const action = analyzes({ ...ANALYZED, AnalyticsLanguages: ['en-US', 'es-US'] });

  assert.deepEqual(publishProblems(flowOf(action), 'CONTACT_FLOW'), []);
  const [doubt] = publishProblemsByAction(flowOf(action), 'CONTACT_FLOW');
  assert.equal(doubt?.doubt, 'unknown');
});
