import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/**
 * The metrics, in CloudWatch's embedded metric format, all about voicemails. CloudWatch charges each metric by the
 * month.
 */
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
  /** A task that does not have its recording attached, as the settings want it to. */
  | 'AttachmentsFailed'
  /** Customer Profiles could not be asked who has the caller's number. */
  | 'CustomersUnknown'
  /** A task of which agents could not be notified. */
  | 'NotificationsFailed'
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

/**
 * What the essential metrics count, and under which name. All that leaves a caller waiting and a person has to see to
 * has one name, and so one alarm.
 */
const ESSENTIAL: Readonly<Partial<Record<Counted, EssentialMetric>>> = {
  VoicemailsUnrecordable: 'VoicemailsNeedingHelp',
  VoicemailsStuck: 'VoicemailsNeedingHelp',
  VoicemailsParked: 'VoicemailsNeedingHelp',
  TasksEndedUnseen: 'VoicemailsNeedingHelp',
  EmailsRefused: 'VoicemailsNeedingHelp',
  EmailsBounced: 'VoicemailsNeedingHelp',
  EmailsRejected: 'VoicemailsNeedingHelp',
  EmailsUnrendered: 'VoicemailsNeedingHelp',
  LinksFailed: 'LinksFailed',
};

export type EssentialMetric = 'VoicemailsNeedingHelp' | 'LinksFailed';

/** `essential`: only what `ESSENTIAL` says. */
export function createMeter(which: 'essential' | 'full'): Meter {
  const metrics = new Metrics();
  return which === 'full' ? fullMeter(metrics) : essentialMeter(metrics);
}

function essentialMeter(metrics: Metrics): Meter {
  return {
    count(what) {
      const name = ESSENTIAL[what];
      if (name) metrics.addMetric(name, MetricUnit.Count, 1);
    },
    delivered() {},
    timeToDelivery() {},
    flush: () => flush(metrics),
  };
}

function fullMeter(metrics: Metrics): Meter {
  return {
    count: (what) => metrics.addMetric(what, MetricUnit.Count, 1),
    delivered(mode) {
      const metric = metrics.singleMetric();
      metric.addDimension('mode', mode);
      metric.addMetric('VoicemailsDelivered', MetricUnit.Count, 1);
    },
    timeToDelivery: (durationMs) => metrics.addMetric('TimeToDelivery', MetricUnit.Milliseconds, durationMs),
    flush: () => flush(metrics),
  };
}

function flush(metrics: Metrics): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
