import { addressesIn } from '../../src/domain/email/email-address.ts';
import { ConfigError, parseConfig, type VoicemailConfig } from '../../infra/config.ts';
import { isRegionTimeZone } from '../../infra/time-zone.ts';
import type { Asker } from '../aws/asker.ts';
import { InputError } from '../command.ts';
import type { InitOptions } from './init-options.ts';
import { type InstanceFacts, timeZoneOf } from './aws/instance-facts.ts';
import type { Answers } from './propose-settings.ts';
import { askText, choose, type Prompter } from '../prompter.ts';

/**
 * What only a person can say: from the options, else from the person at the terminal, else what is suggested.
 * Throws InputError for an option that fits nothing, and where nothing can be suggested.
 */
export async function collectAnswers(
  facts: InstanceFacts,
  options: InitOptions,
  { asker, prompter }: { asker: Asker; prompter: Prompter | undefined },
): Promise<Answers> {
  const fallbackQueueArn = await fallbackQueue(facts, options, prompter);
  const mailFrom = await sender(facts, options, prompter);
  return {
    fallbackQueueArn,
    contactRecordStreamArn: await recordStream(facts, options, prompter),
    defaultLanguage: await language(options, prompter),
    timeZone: await timeZone(options, prompter, await timeZoneOf(fallbackQueueArn, facts, asker)),
    ...(mailFrom !== '' && { mailFrom }),
    alarmEmails: await alarmAddresses(options, prompter),
  };
}

/** The queue that Amazon Connect makes with an instance. */
const FIRST_QUEUE = 'BasicQueue';

async function fallbackQueue(
  { queues, instance }: InstanceFacts,
  { queue }: InitOptions,
  prompter: Prompter | undefined,
): Promise<string> {
  if (queue !== undefined) {
    const found = queues.find(
      ({ arn, name }) => name === queue || arn === queue || arn.endsWith(`/${queue}`),
    );
    if (found) return found.arn;
    const names = queues.map(({ name }) => name).join(', ') || 'none that could be read';
    throw new InputError(`--queue ${queue}: no queue of ${instance.alias} is called so. There are: ${names}`);
  }
  if (queues.length === 0) throw new InputError('no queue could be read: name one with --queue ARN');
  const suggested = Math.max(
    0,
    queues.findIndex(({ name }) => name === FIRST_QUEUE),
  );
  if (!prompter) return queues[suggested]?.arn ?? '';
  const choices = queues.map(({ name, arn }) => ({ label: name, value: arn }));
  return await choose(prompter, 'Which queue gets a voicemail whose own is not found?', choices, suggested);
}

async function recordStream(
  { contactRecords, dataStreams, instance }: InstanceFacts,
  { stream }: InitOptions,
  prompter: Prompter | undefined,
): Promise<string> {
  if (contactRecords?.kind === 'stream') {
    if (stream === undefined || stream === contactRecords.arn) return contactRecords.arn;
    throw new InputError(
      `--stream ${stream}: ${instance.alias} sends contact records to ${contactRecords.arn}`,
    );
  }
  if (stream !== undefined) return stream;
  const [, partition = '', , region = '', account = ''] = instance.arn.split(':');
  const own = `arn:${partition}:kinesis:${region}:${account}:stream/${instance.alias}-contact-records`;
  if (!prompter || dataStreams.length === 0) return likelyStream(dataStreams) ?? own;
  return await choose(prompter, 'Which Kinesis data stream are contact records to go to?', [
    ...(dataStreams.includes(own) ? [] : [{ label: `a new one: ${nameIn(own)}`, value: own }]),
    ...dataStreams.map((arn) => ({ label: nameIn(arn), value: arn })),
  ]);
}

/** The only stream whose name speaks of contact records: other people's data must not get mixed with them. */
function likelyStream(dataStreams: readonly string[]): string | undefined {
  const [only, ...more] = dataStreams.filter((arn) => /ctr|contact/i.test(nameIn(arn)));
  return more.length === 0 ? only : undefined;
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

async function language({ language: given }: InitOptions, prompter: Prompter | undefined): Promise<string> {
  if (given !== undefined || !prompter) return given ?? 'en-US';
  return await askText(prompter, 'What do callers speak? A code such as en-US, or auto', {
    suggested: 'en-US',
    problemOf: (text) => problemIn('defaultLanguage', { defaultLanguage: text }),
  });
}

/** What is wrong with one setting, whatever the others are. */
function problemIn(
  setting: string,
  settings: Partial<Record<keyof VoicemailConfig, unknown>>,
): string | undefined {
  try {
    parseConfig(settings);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const own = error.problems.filter((problem) => problem.startsWith(setting));
    return own.length === 0 ? undefined : own.join('\n');
  }
}

async function timeZone(
  { timeZone: given }: InitOptions,
  prompter: Prompter | undefined,
  ofQueue: string | undefined,
): Promise<string> {
  if (given !== undefined) return given;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const suggested = [ofQueue, here].find((zone) => zone !== undefined && isRegionTimeZone(zone)) ?? 'UTC';
  if (!prompter) return suggested;
  return await askText(prompter, 'In which time zone do agents read times?', {
    suggested,
    problemOf: (text) =>
      isRegionTimeZone(text) ? undefined : `"${text}" is no time zone such as America/New_York`,
  });
}

async function sender(
  { senders }: InstanceFacts,
  { mailFrom }: InitOptions,
  prompter: Prompter | undefined,
): Promise<string> {
  if (mailFrom !== undefined || !prompter) return mailFrom ?? '';
  const known = senders.length > 0 ? ` Verified in Amazon SES: ${senders.join(', ')}.` : '';
  return await askText(prompter, `From which address are voicemails mailed? Enter: no mails.${known}`, {
    suggested: '',
    problemOf: (text) =>
      text === '' ? undefined : problemIn('email.from', { email: { from: text, recording: 'link' } }),
  });
}

async function alarmAddresses(
  { alarmMails }: InitOptions,
  prompter: Prompter | undefined,
): Promise<readonly string[]> {
  if (alarmMails.length > 0 || !prompter) return alarmMails;
  const typed = await askText(prompter, 'Who gets alarms by email? Several: separated by commas', {
    suggested: '',
    problemOf: (text) => (text === '' ? undefined : problemIn('alarmEmails', { alarmEmails: eachIn(text) })),
  });
  return eachIn(typed);
}

/** With what is not an address, which the settings then refuse. */
function eachIn(text: string): readonly string[] {
  const { addresses, refused } = addressesIn(text);
  return [...addresses, ...refused];
}
