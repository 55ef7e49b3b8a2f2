import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** The metrics, in CloudWatch's embedded metric format: a few, all about voicemails. */
export interface Meter {
  readonly count: (what: Counted) => void;
  /** Counts it by mode, in addition to `count`, which counts all. */
  readonly delivered: (mode: string) => void;
  /** From the caller's hang-up to the delivery, milliseconds. */
  readonly timeToDelivery: (durationMs: number) => void;
  /** Writes what was counted. Once per invocation, at its end. */
  readonly flush: () => void;
}

export type Counted =
  | 'VoicemailsReceived'
  /** Contact records with the flag that are not voicemails, each time they arrive. */
  | 'FlaggedContactsPassedOver'
  | 'RecordingsSaved'
  | 'RecordingsIncomplete'
  /** A voicemail went back to its queue, because its audio may not all be listed, or uploaded, yet. */
  | 'RecordingsAwaited'
  | 'VoicemailsBlank'
  | 'VoicemailsUnrecordable'
  | 'TranscriptionsRefused'
  | 'TranscriptionsFailed'
  | 'VoicemailsDelivered'
  /** Delivered again, because nobody took the first task before it ended. */
  | 'VoicemailsReturned'
  /** Tasks that nobody took, of voicemails that do not come back. */
  | 'TasksEndedUnseen'
  /** Could not be mailed and was delivered in another way. */
  | 'EmailsRefused'
  | 'EmailsBounced'
  | 'EmailsComplained'
  | 'EmailsRejected'
  | 'EmailsUnrendered'
  | 'EmailVariablesMissing'
  /** A mail for which an attribute or a queue's tag has something that is not an address. */
  | 'EmailAddressesUnusable'
  /** A mail from which recipients were left out, because of their domain. */
  | 'EmailRecipientsNotAllowed'
  | 'VoicemailsOverdue'
  | 'VoicemailsStuck'
  | 'VoicemailsParked'
  | 'MalformedRecords'
  /** Objects and failed jobs that are not ours, which were left alone. */
  | 'ForeignObjects'
  | 'RecordsRetried'
  | 'MessagesRetried'
  | 'LinksOpened'
  | 'LinksOver'
  | 'LinksRefused'
  | 'LinksFailed';

export function createMeter(): Meter {
  const metrics = new Metrics();
  return {
    count: (what) => metrics.addMetric(what, MetricUnit.Count, 1),
    delivered(mode) {
      const metric = metrics.singleMetric();
      metric.addDimension('mode', mode);
      metric.addMetric('VoicemailsDelivered', MetricUnit.Count, 1);
    },
    timeToDelivery: (durationMs) => metrics.addMetric('TimeToDelivery', MetricUnit.Milliseconds, durationMs),
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
