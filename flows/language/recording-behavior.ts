import { z } from 'zod';
import { flag, isTrue, single, staticText } from './parameter.ts';

/**
 * What the two actions that record contacts take. Most of it must be static; `RedactionResults`, and the
 * language of chats, may be one path.
 *
 * Source: Amazon Connect developer guide, "UpdateContactRecordingBehavior" and
 * "UpdateContactRecordingAndAnalyticsBehavior".
 */

const onOrOff = z.enum(['Enabled', 'Disabled']);
const recorded = z.array(z.enum(['Agent', 'Customer']));
const screens = z.array(z.literal('Agent'));
const maskMode = z.enum(['EntityType', 'PII']);
/** There are new ones each year. */
const entities = z.array(staticText).min(1);
const sentiment = z.strictObject({ Enabled: flag });
const summary = z.strictObject({ SummaryModes: z.array(z.enum(['PostContact', 'AutomatedInteraction'])) });

const redaction = z
  .strictObject({
    Enabled: flag,
    RedactionResults: single,
    RedactionMaskMode: maskMode,
    RedactionEntities: entities,
  })
  .partial();

const ofVoiceAndChat = {
  Enabled: flag,
  ConversationalAnalyticsRedactionConfiguration: redaction,
  SentimentConfiguration: sentiment,
  SummaryConfiguration: summary,
};

const voiceModes = z
  .array(z.enum(['RealTime', 'PostContact', 'AutomatedInteraction']))
  .refine((modes) => !(modes.includes('RealTime') && modes.includes('PostContact')), 'one of the two');

const voice = z
  .strictObject({
    VoiceRecordingBehavior: z
      .strictObject({ RecordedParticipants: recorded, IVRRecordingBehavior: onOrOff })
      .partial(),
    VoiceAnalyticsBehavior: z
      .strictObject({ ...ofVoiceAndChat, AnalyticsLanguage: staticText, AnalyticsModes: voiceModes })
      .partial(),
  })
  .partial()
  .refine(
    ({ VoiceRecordingBehavior: recording, VoiceAnalyticsBehavior: analytics }) =>
      !isTrue(analytics?.Enabled) || new Set(recording?.RecordedParticipants).size === 2,
    { path: ['VoiceAnalyticsBehavior'], error: 'only if agent and customer are recorded' },
  );

const chat = z
  .strictObject({
    ChatAnalyticsBehavior: z
      .strictObject({
        ...ofVoiceAndChat,
        AnalyticsLanguage: single,
        AnalyticsModes: z.array(z.literal('ContactLens')),
        InFlightChatRedactionConfiguration: z
          .strictObject({
            Enabled: flag,
            RedactionMaskMode: maskMode,
            RedactionEntities: entities,
            DeliverUnprocessedMessages: flag,
          })
          .partial(),
      })
      .partial(),
  })
  .partial();

/** Of UpdateContactRecordingAndAnalyticsBehavior. One channel, screens beside it or alone. */
export const recordingAndAnalytics = z
  .strictObject({
    VoiceBehavior: voice,
    ChatBehavior: chat,
    ScreenRecordingBehavior: z.strictObject({ ScreenRecordedParticipants: screens }),
  })
  .partial();

const modes = z.strictObject({ AnalyticsModes: z.array(staticText) });

/** Of UpdateContactRecordingBehavior, the older of the two. */
export const recordingBehavior = z.strictObject({
  RecordingBehavior: z
    .strictObject({
      RecordedParticipants: recorded,
      ScreenRecordedParticipants: screens,
      IVRRecordingBehavior: onOrOff,
    })
    .partial()
    .optional(),
  AnalyticsBehavior: z
    .strictObject({
      Enabled: flag,
      AnalyticsLanguage: single,
      AnalyticsRedactionBehavior: onOrOff,
      AnalyticsRedactionResults: single,
      AnalyticsRedactionMaskMode: maskMode,
      AnalyticsRedactionEntities: entities,
      ChannelConfiguration: z.strictObject({ Chat: modes, Voice: modes }).partial(),
      SentimentConfiguration: sentiment,
      SummaryConfiguration: summary,
    })
    .partial()
    .optional(),
});
