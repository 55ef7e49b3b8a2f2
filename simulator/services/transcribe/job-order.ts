import { isJsonObject, type JsonObject } from '../../gateway/protocols.ts';
import { badRequest, notSimulated, violated } from './errors.ts';
import { baseLanguage, LANGUAGE_CODES } from './language-codes.ts';

/** The input of StartTranscriptionJob that is simulated. */
export interface JobOrder {
  readonly name: string;
  readonly mediaUri: string;
  readonly language: LanguageWish;
  readonly mediaFormat: string | undefined;
  readonly sampleRateHz: number | undefined;
  readonly outputBucketName: string;
  readonly outputKey: string | undefined;
  /** The KMS key that the output is encrypted with. Undefined: Amazon S3's own. */
  readonly outputKeyId: string | undefined;
  readonly tags: unknown;
}

export type LanguageWish =
  | { readonly kind: 'given'; readonly code: string }
  /** `options` can be empty: any language. */
  | { readonly kind: 'identify'; readonly options: readonly string[] };

const NAME_PATTERN = /^[0-9a-zA-Z._-]+$/;
const OUTPUT_BUCKET_PATTERN = /^[a-z0-9][.\-a-z0-9]{1,61}[a-z0-9]$/;
const OUTPUT_KEY_PATTERN = /^[a-zA-Z0-9\-_.!*'()/]{1,1024}$/;
const MEDIA_FORMATS = new Set(['mp3', 'mp4', 'wav', 'flac', 'ogg', 'amr', 'webm', 'm4a']);
const LOWEST_RATE_HZ = 8000;
const HIGHEST_RATE_HZ = 48_000;
const LANGUAGE_MEMBERS = ['LanguageCode', 'IdentifyLanguage', 'IdentifyMultipleLanguages'] as const;

/** Members that are not simulated. An answer that ignored them would be wrong. */
const NOT_SIMULATED = [
  'IdentifyMultipleLanguages',
  'LanguageIdSettings',
  'Settings',
  'ModelSettings',
  'JobExecutionSettings',
  'ContentRedaction',
  'Subtitles',
  'ToxicityDetection',
] as const;

/**
 * Throws BadRequestException, in Transcribe's words, if Transcribe would refuse the request at once, and a
 * 501 for features that are not simulated.
 */
export function parseJobOrder(input: JsonObject): JobOrder {
  const name = parseJobName(input);
  const mediaUri = parseMediaFileUri(input['Media']);
  const mediaFormat = findText(input, 'MediaFormat');
  if (mediaFormat !== undefined && !MEDIA_FORMATS.has(mediaFormat))
    throw violated(mediaFormat, 'mediaFormat', enumConstraint(MEDIA_FORMATS));
  const sampleRateHz = parseSampleRate(input['MediaSampleRateHertz']);
  const language = parseLanguage(input);
  const { bucket, key } = parseOutput(input);

  for (const member of NOT_SIMULATED) if (input[member] !== undefined) throw notSimulated(member);
  if (bucket === undefined) throw notSimulated('jobs without OutputBucketName');
  return {
    name,
    mediaUri,
    language,
    mediaFormat,
    sampleRateHz,
    outputBucketName: bucket,
    outputKey: key,
    outputKeyId: findText(input, 'OutputEncryptionKMSKeyId'),
    tags: input['Tags'],
  };
}

/** The name of a request's job, `TranscriptionJobName`. */
export function parseJobName(input: JsonObject): string {
  const { TranscriptionJobName: name } = input;
  if (typeof name !== 'string') throw violated(name, 'transcriptionJobName', 'Member must not be null');
  if (name.length > 200)
    throw violated(name, 'transcriptionJobName', 'Member must have length less than or equal to 200');
  if (!NAME_PATTERN.test(name))
    throw violated(
      name,
      'transcriptionJobName',
      'Member must satisfy regular expression pattern: ^[0-9a-zA-Z._-]+',
    );
  return name;
}

/** A member that must be a text if it is present. */
export function findText(input: JsonObject, name: string): string | undefined {
  const { [name]: value } = input;
  if (value === undefined || typeof value === 'string') return value;
  throw violated(value, name.charAt(0).toLowerCase() + name.slice(1), 'Member must be a string');
}

export function enumConstraint(values: ReadonlySet<string>): string {
  return `Member must satisfy enum value set: [${[...values].join(', ')}]`;
}

function parseMediaFileUri(media: unknown): string {
  if (!isJsonObject(media)) throw violated(undefined, 'media', 'Member must not be null');
  const uri = findText(media, 'MediaFileUri');
  if (uri === undefined)
    throw badRequest('You must provide a value for MediaFileUri and try your request again.');
  if (uri.length > 2000)
    throw violated(uri, 'media.mediaFileUri', 'Member must have length less than or equal to 2000');
  return uri;
}

function parseSampleRate(rate: unknown): number | undefined {
  if (rate === undefined) return undefined;
  if (typeof rate !== 'number' || rate < LOWEST_RATE_HZ)
    throw violated(rate, 'mediaSampleRateHertz', 'Member must have value greater than or equal to 8000');
  if (rate > HIGHEST_RATE_HZ)
    throw violated(rate, 'mediaSampleRateHertz', 'Member must have value less than or equal to 48000');
  return rate;
}

function parseLanguage(input: JsonObject): LanguageWish {
  const { LanguageCode: code, LanguageOptions: options = [] } = input;
  if (code !== undefined) requireLanguageCode(code, 'languageCode');
  if (!Array.isArray(options)) throw violated(options, 'languageOptions', 'Member must be a list');
  const codes = options.map((option) => requireLanguageCode(option, 'languageOptions'));

  const asked = LANGUAGE_MEMBERS.filter((name) => input[name] !== undefined && input[name] !== false);
  if (asked.length !== 1) {
    // The rule is documented, the service's message is not: these are the words of the API reference.
    throw badRequest(
      'You must include one of LanguageCode, IdentifyLanguage, or IdentifyMultipleLanguages in your request. If you include more than one of these parameters, your transcription job fails.',
    );
  }
  if (code !== undefined && codes.length > 0)
    throw badRequest('LanguageOptions can only be used with IdentifyLanguage or IdentifyMultipleLanguages.');
  if (codes.length === 1)
    throw violated(codes, 'languageOptions', 'Member must have length greater than or equal to 2');
  requireOneDialect(codes);
  return typeof code === 'string' ? { kind: 'given', code } : { kind: 'identify', options: codes };
}

/**
 * The rule is documented, the service's message is not: these are the words of the API reference for
 * streams.
 */
function requireOneDialect(codes: readonly string[]): void {
  const languages = codes.map(baseLanguage);
  if (new Set(languages).size === languages.length) return;
  throw badRequest(
    'You can only include one language dialect per language. For example, you cannot include en-US and en-AU in the same request.',
  );
}

function requireLanguageCode(code: unknown, member: string): string {
  if (typeof code === 'string' && LANGUAGE_CODES.has(code)) return code;
  throw violated(code, member, enumConstraint(LANGUAGE_CODES));
}

function parseOutput(input: JsonObject): { bucket: string | undefined; key: string | undefined } {
  const bucket = findText(input, 'OutputBucketName');
  const key = findText(input, 'OutputKey');
  if (bucket !== undefined && !OUTPUT_BUCKET_PATTERN.test(bucket)) {
    throw violated(
      bucket,
      'outputBucketName',
      'Member must satisfy regular expression pattern: [a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9]',
    );
  }
  if (key !== undefined && !OUTPUT_KEY_PATTERN.test(key)) {
    throw violated(
      key,
      'outputKey',
      "Member must satisfy regular expression pattern: [a-zA-Z0-9-_.!*'()/]{1,1024}$",
    );
  }
  if (key !== undefined && bucket === undefined)
    throw badRequest('You must provide OutputBucketName when you use OutputKey.');
  return { bucket, key };
}
