import { nearestOf } from '../../flows/lint/edit-distance.ts';
import { AUDIO_SOURCES } from '../../src/domain/audio-source.ts';
import { DELIVERY_MODES } from '../../src/domain/delivery-mode.ts';
import { addressIn } from '../../src/domain/email/email-address.ts';
import { QUALIFIER } from '../bootstrap-settings.ts';
import { ARCHIVE_NAMES } from '../retention-settings.ts';
import { LOG_LEVELS } from '../../src/domain/log-level.ts';
import { KEPT_LINK_HOSTS, LINK_HOSTS } from '../link-settings.ts';
import { meantTimeZone } from '../time-zone.ts';
import { ALLOWED, MONITORING, NOTIFIED, type SettingName } from './allowed.ts';
import { PATTERNS } from './schema.ts';

/** What is said about a value beside what is allowed: a sentence that begins with a space, or nothing. */
export function hintOn(setting: SettingName, came: unknown, isWhole: boolean): string {
  if (came === null) return ' Leave the setting out instead of null.';
  if (typeof came !== 'string') return '';
  return said(hintOnType(setting, came, isWhole) ?? remarkOn(setting, came) ?? suggestion(setting, came));
}

const said = (sentence: string | undefined) => (sentence === undefined ? '' : ` ${sentence}`);
const didYouMean = (text: string) => `Did you mean '${text}'?`;

const YES: readonly string[] = ['true', 'yes', 'on'];
const NO: readonly string[] = ['false', 'no', 'off'];

/** A text where there should be a number, true or false, or a list. */
function hintOnType(setting: SettingName, came: string, isWhole: boolean): string | undefined {
  const allowed: string = ALLOWED[setting];
  const isNumber = came.trim() !== '' && Number.isFinite(Number(came));
  if (isNumber && /^(?:a (?:whole )?number|one of \d)/.test(allowed)) return `Write ${came} without quotes.`;
  if (allowed === 'true or false') {
    const word = came.toLowerCase();
    if (YES.includes(word)) return 'Write true without quotes.';
    return NO.includes(word) ? 'Write false without quotes.' : undefined;
  }
  const isList = allowed.startsWith('a list') || setting === 'flows.languages';
  return isWhole && isList
    ? `Write a list, in brackets: ['${came.split(/\s*[,;]\s*/).join("', '")}'].`
    : undefined;
}

type Remarks = readonly (readonly [like: RegExp, sentence: string])[];

const KEY_REMARKS: Remarks = [
  [/(?:^|:)alias\//, "This is an alias; the key's own ARN is in the KMS console."],
  [
    /^(?:mrk-)?[0-9a-f-]{32,36}$/i,
    "This is the key's id, with which its ARN ends; the ARN is in the KMS console.",
  ],
];

/** By setting: what a value of another kind is, and what to do. */
const REMARKS: Partial<Record<SettingName, Remarks>> = {
  instanceArn: [
    [
      /^[0-9a-f-]{36}$/i,
      'This is the id, with which the ARN ends; the console shows the ARN under the instance.',
    ],
    [/^https?:|\.my\.connect\.aws/, 'This is the address; the console shows the ARN under the instance.'],
  ],
  contactRecordStreamArn: [
    [
      /^arn:[^:]*:firehose:/,
      'This is a Firehose delivery stream, which Lambda cannot read: under "Data streaming" of the instance, choose a Kinesis data stream for contact records.',
    ],
    [
      /^arn:[^:]*:kinesisvideo:/,
      'This is a video stream; contact records go to the Kinesis data stream under "Data streaming" of the instance.',
    ],
    [/^[\w.-]+$/, 'This is a name; its ARN is in the Kinesis console.'],
  ],
  contactRecordStreamKmsKeyArn: KEY_REMARKS,
  kmsKeyArn: KEY_REMARKS,
  permissionsBoundaryArn: [
    [/:role\//, 'This is a role; the boundary is a policy.'],
    [/^[\w+=,.@-]+$/, 'This is a name; the ARN of the policy is in the IAM console.'],
  ],
  'mediaStreams.kmsKeyArn': KEY_REMARKS,
  'ivrRecordings.kmsKeyArn': KEY_REMARKS,
  instanceAlias: [
    [
      /^d-/i,
      'This is the id of a directory; the alias is the first part of the address that agents sign in at.',
    ],
  ],
  'links.certificateArn': [
    [
      /^[0-9a-f]{8}-[0-9a-f-]{27}$/i,
      "This is the certificate's id, with which its ARN ends; the ARN is in the Certificate Manager console.",
    ],
    [/:iam:.*:server-certificate\//, 'This is a certificate of IAM: import it into AWS Certificate Manager.'],
  ],
  'ivrRecordings.bucket': [[/^[a-z0-9.-]{3,63}\/./, 'What follows the / belongs into ivrRecordings.prefix.']],
};

function remarkOn(setting: SettingName, came: string): string | undefined {
  return REMARKS[setting]?.find(([like]) => like.test(came))?.[1];
}

type Rewrite = (text: string) => string;

const withoutHyphensInAccount: Rewrite = (text) => text.replace(/:(\d{4})-(\d{4})-(\d{4}):/, ':$1$2$3:');
const lowerCase: Rewrite = (text) => text.toLowerCase();

/** By setting: ways of writing that are taken back one by one, until what is left is allowed. */
const REWRITES: Partial<Record<keyof typeof PATTERNS, readonly Rewrite[]>> = {
  stackName: [(text) => text.replaceAll(/[\s_.]+/g, '-')],
  instanceArn: [
    withoutHyphensInAccount,
    (text) => text.replace(/(instance\/[0-9a-fA-F-]{36})\/.*$/, '$1'),
    lowerCase,
  ],
  contactRecordStreamArn: [withoutHyphensInAccount, (text) => text.replace(/\/consumer\/.*$/, '')],
  contactRecordStreamKmsKeyArn: [withoutHyphensInAccount],
  kmsKeyArn: [withoutHyphensInAccount],
  permissionsBoundaryArn: [withoutHyphensInAccount],
  'mediaStreams.prefix': [(text) => text.replace(/^.*:stream\//, '').replace(/-connect-.*$/, '')],
  'mediaStreams.kmsKeyArn': [withoutHyphensInAccount],
  'ivrRecordings.bucket': [
    (text) => text.replace(/^(?:s3:\/\/|arn:aws[a-z-]*:s3:::|https:\/\/)/, '').replace(/[/].*$/, ''),
    lowerCase,
  ],
  'ivrRecordings.prefix': [
    (text) =>
      text
        .replace(/^s3:\/\/[^/]+/, '')
        .replace(/^\/+/, '')
        .replace(/\*$/, ''),
  ],
  'ivrRecordings.kmsKeyArn': [withoutHyphensInAccount],
  'customerProfiles.domain': [(text) => text.replace(/^arn:.*:domains\//, '')],
  'links.domainName': [(text) => text.replace(/^https?:\/\//i, '').replace(/[/:].*$/, ''), lowerCase],
  'links.certificateArn': [withoutHyphensInAccount],
  instanceAlias: [(text) => text.replace(/^https?:\/\//i, '').replace(/[./].*$/, ''), lowerCase],
  defaultLanguage: [languageCode],
};

/** The words of a setting that has only a few. */
const WORDS: Partial<Record<SettingName, readonly string[]>> = {
  audioSource: AUDIO_SOURCES,
  deliveryMode: DELIVERY_MODES,
  audioPlacement: ['by-time', 'joined'],
  monitoring: MONITORING,
  logLevel: LOG_LEVELS,
  'retention.recordings.archiveTo': ARCHIVE_NAMES,
  'retention.transcripts.archiveTo': ARCHIVE_NAMES,
  'notify.agents': NOTIFIED,
  'links.host': LINK_HOSTS,
  'links.alsoAt': KEPT_LINK_HOSTS,
  'email.recording': ['link', 'attach', 'both'],
  'flows.voices': ['Standard', 'Neural', 'Generative'],
};

function suggestion(setting: SettingName, came: string): string | undefined {
  const meant = meantBy(setting, came);
  return meant === undefined || meant === came ? undefined : didYouMean(meant);
}

function meantBy(setting: SettingName, came: string): string | undefined {
  if (setting === 'bootstrap.qualifier')
    return QUALIFIER.test(came.toLowerCase()) ? came.toLowerCase() : undefined;
  const words = WORDS[setting];
  if (words) return nearestOf(came, words);
  if (setting === 'timeZone') return meantTimeZone(came);
  if (setting === 'flows.languages' || setting === 'flows.texts' || setting === 'flows.voices')
    return rewritten('defaultLanguage', came);
  if (setting === 'email.identity' || setting === 'email.allowedDomains') return identityIn(came);
  return isPatterned(setting) ? rewritten(setting, came) : undefined;
}

function isPatterned(setting: SettingName): setting is keyof typeof PATTERNS {
  return Object.hasOwn(PATTERNS, setting);
}

function rewritten(setting: keyof typeof PATTERNS, came: string): string | undefined {
  let text = came;
  for (const rewrite of REWRITES[setting] ?? []) {
    text = rewrite(text);
    if (PATTERNS[setting].test(text)) return text;
  }
  return undefined;
}

/** `en_us`, `EN-US` */
function languageCode(text: string): string {
  const [, language = '', country = ''] = /^([a-z]{2,3})[-_ ]([a-z]{2})$/i.exec(text) ?? [];
  return `${language.toLowerCase()}-${country.toUpperCase()}`;
}

/** Out of an identity's ARN, `@example.com` or `https://example.com/`. */
function identityIn(text: string): string | undefined {
  const name = text.replace(/^.*[/@](?=[^/@]+\/?$)/, '').replace(/\/$/, '');
  return addressIn(`x@${name}`) === undefined ? undefined : name;
}
