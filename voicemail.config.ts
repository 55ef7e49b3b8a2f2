import { defineConfig } from './infra/config.ts';

/**
 * The sample: settings for the simulated Amazon Connect instance on the laptop.
 *
 * To deploy to an instance of your own, leave this file as it is, and copy it to
 * `deployments/<name>.config.ts`, with `../infra/config.ts` in its first line. Put in
 * your own values there: the ARNs are in the Amazon Connect console, and account and
 * Region are taken from them. `npm run synth -- --deployment <name>` refuses a wrong
 * value with the setting's name and what is allowed. See docs/settings.md.
 */
export default defineConfig({
  // The name of the stack, which its alarms and its dashboard bear. Each further instance in one account and Region needs another one.
  // stackName: 'VoicemailExpress',
  // The Amazon Connect instance; the stack is deployed to its account and Region.
  instanceArn: 'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa',
  // The Kinesis data stream that "Data streaming" of the instance sends contact records to.
  contactRecordStreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/acme-ctr',
  // The KMS key of that stream, if it is encrypted: Connect then needs it to be your own.
  // contactRecordStreamKmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/…',
  // "Live media streaming" of the instance: prefix, and kmsKeyArn if the key is your own. Keep audio for 24 hours or more.
  mediaStreams: { prefix: 'vm' },
  // "Data storage, call recordings" of the instance, if flows record messages as automated interactions; kmsKeyArn as set there.
  // ivrRecordings: { bucket: 'acme-connect-recordings', prefix: 'connect/acme/CallRecordings/' },
  // The instance alias, the first part of https://<alias>.my.connect.aws; video streams are named after it.
  instanceAlias: 'acme',
  // The queue for a voicemail whose own queue or agent is not to be found.
  fallbackQueueArn:
    'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa/queue/b1b1b1b1-0000-4000-8000-00000000b001',
  // The language of a voicemail whose flow did not say, as Amazon Transcribe codes it; 'auto' identifies it. See docs/languages.md.
  defaultLanguage: 'en-US',
  // The time zone of the times that agents read, where their queue's hours of operation have none: a region's, or 'UTC'.
  timeZone: 'America/New_York',
  // Days until recordings, transcripts and the ledger's entries are deleted.
  retentionDays: 30,
  // Days for which the link to a recording works; not more than retentionDays.
  linkDays: 30,
  // Days after which a task ends that nobody completed; one that nobody took comes back once. Left out: a day less than retentionDays.
  // taskDays: 29,
  // Minutes to wait for a transcript before the voicemail is delivered without one.
  transcriptDeadlineMinutes: 30,
  // Voicemails a second that are worked on at most, 2 to 200: raise Amazon Connect's quota first. See docs/scale.md.
  // voicemailsPerSecond: 2,
  // A message that is shorter, in seconds, is blank: the caller hung up at the tone. Silence is blank as well.
  minimumSeconds: 1,
  // Whether blank messages are delivered, with a note; false keeps and counts them, and no agent hears of them.
  deliverBlank: false,
  // How a voicemail is delivered whose flow did not say: 'guided_task' shows player and transcript on accept, 'task' links to them, 'email' mails them.
  deliveryMode: 'guided_task',
  // Delivery by email through Amazon SES, where `from` must be verified; leave it out for none. See docs/delivery-email.md.
  email: {
    from: 'Acme Voicemail <voicemail@example.com>',
    // Who gets the voicemails of agents and queues without an address; without it those become guided tasks.
    fallbackTo: ['voicemail-desk@example.com'],
    // The domains that mails may go to, each without those below it ('*.example.com'); without it every one. The second is SES's for tests.
    allowedDomains: ['example.com', 'simulator.amazonses.com'],
    // 'link', 'attach' or 'both'; a recording above attachLimitMb is linked to.
    recording: 'link',
    attachLimitMb: 10,
  },
  // How a recording is put together: 'by-time' keeps pauses and drops repetitions, 'joined' takes the audio as it comes.
  audioPlacement: 'by-time',
  // Days for which the functions' logs are kept.
  logRetentionDays: 90,
  // Whom alarms are mailed to; each address gets a mail to confirm first.
  alarmEmails: ['contact-center-operations@example.com'],
  // What callers hear and how long they may speak: see docs/flows.md for every setting. Leave it out for the defaults.
  flows: {
    // The first is spoken unless the attribute vmx3_lang names another; 'auto' is identified among them. See docs/languages.md.
    languages: ['en-US', 'es-US'],
    // The longest message, in seconds.
    maxSeconds: 60,
    // Whom the test flow leaves voicemails for, beside the fallback queue.
    testAgentArn:
      'arn:aws:connect:us-east-1:111122223333:instance/a1b2c3d4-0000-4000-8000-00000000aaaa/agent/d4d4d4d4-0000-4000-8000-00000000d001',
  },
});
