import type { Counted, EssentialMetric } from '../src/metrics.ts';

/**
 * Who notices what while a part of the pipeline is broken. Each sentence is the
 * text of an alarm, and `docs/operations.md` has a heading for each title. The
 * sentences of a function and its queue stand in the function's file in `functions/`.
 */

interface AlarmTexts {
  readonly title: string;
  readonly impact: string;
}

type AlarmsByMetric = Readonly<Partial<Record<Counted, AlarmTexts>>>;

/** Contact records that never became work, which neither a function's errors nor a queue would show. */
export const RECORD_ALARMS = {
  late: {
    title: 'contact-records is behind',
    impact:
      'Contact records have waited ten minutes or more. Voicemails reach agents late; after 23 hours their records are set aside in the failures bucket.',
  },
  parked: {
    title: 'contact-records has parked records',
    impact:
      'A contact record could not be read or was given up, and lies in the failures bucket. If it was a voicemail, no agent has it.',
  },
} as const;

/** By metric of the functions: voicemails that ended where only a person can help. */
export const VOICEMAIL_ALARMS = {
  VoicemailsUnrecordable: {
    title: 'voicemails have no recording',
    impact:
      "A caller's message could not be recovered. The agent is asked to call back without having heard it. If it goes on, every caller is affected: see live media streaming.",
  },
  VoicemailsStuck: {
    title: 'voicemails are stuck',
    impact:
      'A voicemail was pushed on three times and still is where it was. No agent has it yet, and its caller waits; it is tried for nearly a day before it is given up.',
  },
  VoicemailsParked: {
    title: 'voicemails were given up',
    impact:
      'A voicemail was pushed on for nearly a day without success. No agent has it, and the caller expects to be called back.',
  },
  TasksEndedUnseen: {
    title: 'tasks end and nobody took them',
    impact:
      'The task of a voicemail ended and no agent had accepted it, and the voicemail does not come back: it did so before, or its recording is deleted. The caller expects to be called back.',
  },
  TranscriptionsRefused: {
    title: 'transcriptions are refused',
    impact:
      'Amazon Transcribe does not accept recordings, so voicemails reach agents without a transcript. One may be a language it does not know; many are a permission or a quota.',
  },
  TranscriptionsFailed: {
    title: 'transcriptions fail',
    impact:
      'Amazon Transcribe took a recording and could not make text of it. Agents get the voicemail without a transcript and have to listen; nothing is lost.',
  },
} as const satisfies AlarmsByMetric;

/** By essential metric: everything that leaves a caller waiting until a person sees to it. */
export const ESSENTIAL_ALARMS = {
  VoicemailsNeedingHelp: {
    title: 'voicemails need somebody',
    impact:
      'A voicemail was given up or is stuck, could not be recorded, its task ended and nobody took it, or its mail did not arrive. The caller expects to be called back. The logs name the contact.',
  },
} as const satisfies Readonly<Partial<Record<EssentialMetric, AlarmTexts>>>;

/** By metric: mails that did not bring their voicemail, where delivery by email is set up. */
export const EMAIL_ALARMS = {
  EmailsRefused: {
    title: 'emails are refused',
    impact:
      'Amazon SES does not take mails, or nobody has an address for them. These voicemails are delivered as tasks instead, which recipients who wait for a mail may not see.',
  },
  EmailsBounced: {
    title: 'emails bounce',
    impact:
      'A voicemail was mailed to an address that did not take it. Its recipient does not have it, and the caller expects to be called back.',
  },
  EmailsComplained: {
    title: 'emails are taken for spam',
    impact:
      'A recipient marked the mail of a voicemail as spam. Amazon SES may stop sending to that address, and to everybody if it goes on.',
  },
  EmailsRejected: {
    title: 'emails are rejected',
    impact:
      'Amazon SES took the mail of a voicemail and then did not send it, because it found a virus. Its recipient does not have the voicemail.',
  },
  EmailsUnrendered: {
    title: 'emails cannot be rendered',
    impact: 'Amazon SES could not make a mail from its template. The recipient does not have the voicemail.',
  },
} as const satisfies AlarmsByMetric;

/**
 * By metric: tries that failed and will be repeated. Functions report them to their
 * queue or stream, so that a function's own errors do not show them.
 */
export const RETRY_ALARMS = {
  MessagesRetried: {
    title: 'steps are being retried',
    impact:
      'A service that a step needs throttles, fails or does not answer, so voicemails reach agents late. They are tried again for hours.',
  },
  VoicemailsOverdue: {
    title: 'voicemails are overdue',
    impact:
      'Many voicemails did not move on in time and had to be pushed: transcripts come late or events get lost. Agents get them late, and some without a transcript.',
  },
  RecordsRetried: {
    title: 'contact records are being retried',
    impact:
      'New voicemails are not picked up for now: the ledger or the queues cannot be written. Contact records wait in the stream for 23 hours.',
  },
} as const satisfies AlarmsByMetric;

/** By metric: what goes wrong with the links to recordings while `open-recording` itself does not fail. */
export const LINK_ALARMS = {
  LinksFailed: {
    title: 'links do not open',
    impact:
      'Agents who follow the link in a voicemail are asked to try again, or get voicemails without a link: the link secret, the ledger or the recordings bucket did not answer, or refused.',
  },
  LinksRefused: {
    title: 'many links are refused',
    impact:
      'Somebody tries links that were never sent; or agents find that theirs stopped working all at once, which happens after the key was changed twice.',
  },
} as const satisfies AlarmsByMetric;

/** By who waits: Lambda has more to run than the account may run at one time. */
export const THROTTLE_ALARMS = {
  pipeline: {
    title: 'voicemails wait for Lambda',
    impact:
      'Lambda refuses to run functions that voicemails pass through, because the account runs as many as it may. Agents get voicemails late; they are tried again for hours.',
  },
  people: {
    title: 'agents wait for Lambda',
    impact:
      'Lambda refuses to run what agents open, because the account runs as many functions as it may. Their links and guides show an error.',
  },
} as const satisfies Record<string, AlarmTexts>;

/** Silent failures: no function fails, and no queue fills. */
export const SILENCE_ALARMS = {
  records: {
    title: 'no contact records arrive',
    impact:
      'For three hours there were calls, and not one contact record came into the stream that is read. New voicemails are not picked up: callers have left a message and no agent will hear of it.',
  },
  readers: {
    title: 'contact records are not read',
    impact:
      'For three hours contact records came in, and not one was read. New voicemails are not picked up: callers have left a message and no agent will hear of it until this works again.',
  },
  sweep: {
    title: 'sweep does not run',
    impact:
      'Nothing looks after voicemails that got stuck on their way: a callback may be missing without anybody seeing it, and no other alarm tells.',
  },
  canary: {
    title: 'canary does not run',
    impact:
      'No test voicemail was sent for longer than the settings say. Nobody looks whether voicemails are delivered; those of callers may be.',
  },
} as const satisfies Record<string, AlarmTexts>;

export function failingTitle(bundle: string): string {
  return `${bundle} is failing`;
}

export function deadLettersTitle(queue: string): string {
  return `${queue} has dead letters`;
}

export function behindTitle(queue: string): string {
  return `${queue} is behind`;
}
