import { languageProblems } from '../../flows/settings.ts';
import { textProblems } from '../../flows/spoken-texts.ts';
import { isInIvrRecording, isStreamed } from '../../src/domain/audio-source.ts';
import { isAllowedRecipient } from '../../src/domain/email/allowed-domains.ts';
import { arnIn, homeOf } from '../arns.ts';
import { BOOTSTRAP_ROLES } from '../bootstrap-settings.ts';
import { senderOf } from '../email-settings.ts';
import { hasCustomerProfiles } from '../regions/offers.ts';
import { READ_IN } from '../regions/region-table.ts';
import { linkProblems } from './link-problems.ts';
import { NEEDED_BY_MODE, type SettingName } from './allowed.ts';
import { problem } from './problems.ts';
import { retentionProblems } from './retention-problems.ts';
import { regionProblem } from './regions.ts';
import { type Settings, UUID } from './schema.ts';

/** What only shows when two settings are held against each other. */
export function contradictionsIn(settings: Settings): string[] {
  const { instanceArn } = settings;
  const { partition, region } = homeOf(instanceArn);
  const wrongHome = regionProblem(partition, region);
  return [
    // What else is wrong with the ARNs follows from it.
    ...(wrongHome === undefined
      ? [...foreignArns(settings), ...foreignThings(settings)]
      : [problem('instanceArn', instanceArn, ` ${wrongHome}`)]),
    ...audioProblems(settings),
    ...iamProblems(settings),
    ...prefixProblems(settings),
    ...retentionProblems(settings),
    ...(isDeliverable(settings) ? [] : [problem('deliveryMode', settings.deliveryMode)]),
    ...linkProblems(settings),
    ...profilesProblems(settings),
    ...identityProblems(settings),
    ...repeatedAddresses(settings),
    ...fallbackProblems(settings),
    ...flowContradictions(settings),
  ];
}

/** ARNs of another partition, Region or account than the instance's. A key may be of another account. */
function foreignArns(settings: Settings): string[] {
  const { contactRecordStreamArn, contactRecordStreamKmsKeyArn, mediaStreams, ivrRecordings } = settings;
  const { links, kmsKeyArn } = settings;
  const arns: readonly (readonly [SettingName, string | undefined, boolean])[] = [
    ['contactRecordStreamArn', contactRecordStreamArn, true],
    ['contactRecordStreamKmsKeyArn', contactRecordStreamKmsKeyArn, false],
    ['mediaStreams.kmsKeyArn', mediaStreams?.kmsKeyArn, false],
    ['ivrRecordings.kmsKeyArn', ivrRecordings?.kmsKeyArn, false],
    ['links.certificateArn', links?.certificateArn, true],
    ['kmsKeyArn', kmsKeyArn, false],
  ];
  const home = homeOf(settings.instanceArn);
  return arns.flatMap(([setting, text, isOfAccount]) => {
    const arn = text === undefined ? undefined : arnIn(text);
    if (!arn) return [];
    const differences = [
      ['partition', arn.partition, home.partition],
      ['Region', arn.region, home.region],
      ...(isOfAccount ? [['account', arn.accountId, home.accountId] as const] : []),
    ] as const;
    const difference = differences.find(([, its, own]) => its !== own);
    if (!difference) return [];
    const [what, its, own] = difference;
    return [problem(setting, text, ` Its ${what} is ${its}, and that of instanceArn is ${own}.`)];
  });
}

/** What is of IAM, which has no Region, and has to be of the instance's account. */
function iamProblems({ permissionsBoundaryArn, bootstrap = {}, instanceArn }: Settings): string[] {
  const home = homeOf(instanceArn);
  const arns: readonly (readonly [SettingName, string | undefined])[] = [
    ['permissionsBoundaryArn', permissionsBoundaryArn],
    ...BOOTSTRAP_ROLES.map((role) => [`bootstrap.${role}`, bootstrap[role]] as const),
  ];
  return arns.flatMap(([setting, arn]) => {
    const [, partition = '', , , account = ''] = arn?.split(':') ?? [];
    if (arn === undefined) return [];
    const difference = [
      ['partition', partition, home.partition],
      ['account', account === 'aws' ? home.accountId : account, home.accountId],
    ].find(([, its, own]) => its !== own);
    if (!difference) return [];
    const [what, its, own] = difference;
    return [problem(setting, arn, ` Its ${what} is ${its}, and that of instanceArn is ${own}.`)];
  });
}

/** Queues, prompts and agents of another instance, or of another kind. */
function foreignThings(settings: Settings): string[] {
  const { instanceArn, fallbackQueueArn, canary, flows = {} } = settings;
  const prompts = Object.values(flows.texts ?? {}).flatMap(({ greeting }) =>
    typeof greeting === 'object' && 'promptArn' in greeting ? [greeting.promptArn] : [],
  );
  const things: readonly (readonly [SettingName, string, string | undefined])[] = [
    ['fallbackQueueArn', 'queue', fallbackQueueArn],
    ['canary.queueArn', 'queue', canary?.queueArn],
    ['flows.tonePromptArn', 'prompt', flows.tonePromptArn],
    ['flows.holdMusicPromptArn', 'prompt', flows.holdMusicPromptArn],
    ['flows.entryQueueArn', 'queue', flows.entryQueueArn],
    ['flows.testAgentArn', 'agent', flows.testAgentArn],
    ...prompts.map((arn) => ['flows.texts', 'prompt', arn] as const),
  ];
  return things.flatMap(([setting, kind, arn]) => {
    const isRight = arn === undefined || new RegExp(`^${instanceArn}/${kind}/${UUID}$`).test(arn);
    return isRight ? [] : [problem(setting, arn, hintOnThing(arn, kind, instanceArn))];
  });
}

function hintOnThing(came: string, kind: string, instanceArn: string): string {
  const [, id] = new RegExp(`^(?:${kind}/)?(${UUID})$`, 'i').exec(came) ?? [];
  if (id !== undefined) return ` Did you mean '${instanceArn}/${kind}/${id.toLowerCase()}'?`;
  const [, instance, its] = /^(arn:.*:instance\/[^/]+)\/(.+)\/[^/]+$/.exec(came) ?? [];
  if (its !== undefined && its !== kind)
    return ` This is the ARN of a ${its.replace('queue/agent', "queue of an agent's own")}.`;
  if (instance === undefined || instance === instanceArn) return '';
  return ` It is of the instance ${instance}, and instanceArn is ${instanceArn}.`;
}

/** A source of audio that is chosen, and of which it is not said where it is. */
function audioProblems({ audioSource = 'stream', mediaStreams, ivrRecordings }: Settings): string[] {
  const chosen = `audioSource is '${audioSource}'`;
  return [
    ...(isStreamed(audioSource) && !mediaStreams
      ? [problem('mediaStreams', undefined, ` ${chosen}, so messages are on video streams.`)]
      : []),
    ...(isInIvrRecording(audioSource) && !ivrRecordings
      ? [problem('ivrRecordings', undefined, ` ${chosen}, so messages are in recordings there.`)]
      : []),
  ];
}

/**
 * Amazon Connect names a stream `<prefix>-connect-<alias>-contact-<id>`, and its API answers all of that but the id
 * where the console has the prefix alone.
 */
function prefixProblems({ mediaStreams, instanceAlias }: Settings): string[] {
  if (!mediaStreams) return [];
  const { prefix } = mediaStreams;
  const [, own, alias] = /^(.+?)-connect-(.+?)-contact(?:-.*)?$/.exec(prefix) ?? [];
  const start =
    own ?? (prefix.endsWith(`-connect-${instanceAlias}`) ? prefix.split('-connect-')[0] : undefined);
  if (start === undefined) return [];
  const other =
    alias === undefined || alias === instanceAlias
      ? ''
      : ` It has the alias ${alias}, and instanceAlias is ${instanceAlias}.`;
  return [
    problem(
      'mediaStreams.prefix',
      prefix,
      ` Amazon Connect adds -connect-<alias>-contact-<id> itself.${other} Did you mean '${start}'?`,
    ),
  ];
}

function profilesProblems({ customerProfiles, instanceArn }: Settings): string[] {
  const { region } = homeOf(instanceArn);
  if (!customerProfiles || hasCustomerProfiles(region)) return [];
  const why = ` By AWS's documentation, read in ${READ_IN}, ${region} does not have Customer Profiles.`;
  return [problem('customerProfiles', customerProfiles, why)];
}

function isDeliverable({ deliveryMode, ...settings }: Settings): boolean {
  const needed = deliveryMode && NEEDED_BY_MODE[deliveryMode];
  return !needed || settings[needed] !== undefined;
}

/** An identity is the sender's address, its domain, or a domain above that. Source: Amazon SES Developer Guide, "Verified identities". */
function identityProblems({ email }: Settings): string[] {
  if (email?.identity === undefined) return [];
  const { address, domain } = senderOf(email);
  const identity = email.identity.toLowerCase();
  if (identity === address.toLowerCase() || `.${domain}`.endsWith(`.${identity}`)) return [];
  return [
    problem(
      'email.identity',
      email.identity,
      ` The sender in email.from is ${address}, which does not belong to it.`,
    ),
  ];
}

/** Mail servers may tell capitals in an address apart, and none is known that does. */
function repeatedAddresses({ alarmEmails = [], email }: Settings): string[] {
  const lists = [
    ['alarmEmails', alarmEmails],
    ['email.fallbackTo', email?.fallbackTo ?? []],
    ['email.replyTo', email?.replyTo ?? []],
  ] as const;
  return lists.flatMap(([setting, addresses]) =>
    addresses.flatMap((address, index) => {
      const before = addresses.slice(0, index).find((other) => other.toLowerCase() === address.toLowerCase());
      return before === undefined ? [] : [problem(setting, address, ` It is there already, as "${before}".`)];
    }),
  );
}

function fallbackProblems({ email }: Settings): string[] {
  const { fallbackTo = [], allowedDomains } = email ?? {};
  const others = fallbackTo.filter((address) => !isAllowedRecipient(address, allowedDomains));
  return others.map((address) =>
    problem(
      'email.fallbackTo',
      address,
      ' Its domain is not in email.allowedDomains, so it would get no mail.',
    ),
  );
}

function flowContradictions({ flows = {}, defaultLanguage }: Settings): string[] {
  const languages = languageProblems(flows, defaultLanguage);
  return [
    ...(languages.length > 0
      ? [`${problem('flows.languages', flows.languages)}: ${languages.join('; ')}`]
      : []),
    ...textProblems(flows).map((text) => `flows.texts: ${text}`),
  ];
}
