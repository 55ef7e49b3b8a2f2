import {
  anyText,
  breakTime,
  duration,
  language,
  oneOf,
  pitch,
  rate,
  role,
  type ValueRule,
  volume,
} from './ssml-values.ts';

/** The engines of Amazon Polly, as flow language writes them; it has none for long-form voices. */
const POLLY_ENGINES = ['Standard', 'Neural', 'Long-form', 'Generative'] as const;
export type PollyEngine = (typeof POLLY_ENGINES)[number];

/** Undefined for a name that is not known. */
export function pollyEngine(name: string): PollyEngine | undefined {
  return POLLY_ENGINES.find((engine) => engine.toLowerCase() === name.toLowerCase());
}

interface AttributeRule extends ValueRule {
  /** Absent: all that have the tag. */
  readonly engines?: readonly PollyEngine[];
  /** Whether Amazon Polly reads the attribute beside these others. Absent: always. */
  readonly isRead?: (attributes: ReadonlyMap<string, string>) => boolean;
}

/** What one tag may be. */
export interface TagRule {
  readonly attributes?: Readonly<Record<string, AttributeRule>>;
  readonly required?: readonly string[];
  readonly atLeastOneOf?: readonly string[];
  /** The tag stands by itself: `<break/>`. */
  readonly isEmpty?: true;
  /** Absent: all. */
  readonly engines?: readonly PollyEngine[];
  /** Absent: Amazon Connect passes the tag on to Amazon Polly, whatever its attributes are. */
  readonly isPassedOn?: (attributes: ReadonlyMap<string, string>) => boolean;
}

/**
 * Attributes of SSML 1.1 that Amazon Polly's documentation does not have. It is not documented that they are
 * refused.
 */
export const OTHER_SSML_ATTRIBUTES =
  /^(?:xmlns(?::.+)?|xsi:.+|xml:(?:lang|id|base)|version|onlangfailure|contour|range|duration|detail)$/;

/**
 * The tags that Amazon Connect passes on to Amazon Polly, which engines have them, and what their
 * attributes may be. Where a rule is not known for certain, it is not here.
 *
 * Sources: Amazon Connect Administrator Guide, "SSML tags supported by Amazon Connect", which names
 * the tags and says that any other is ignored; Amazon Polly Developer Guide, "Supported SSML tags"
 * and the page of each tag, for engines and values.
 */
export const SSML_TAGS: ReadonlyMap<string, TagRule> = new Map<string, TagRule>([
  ['speak', {}],
  ['p', {}],
  ['s', {}],
  [
    'break',
    {
      attributes: {
        strength: oneOf('none', 'x-weak', 'weak', 'medium', 'strong', 'x-strong'),
        time: breakTime,
      },
      isEmpty: true,
    },
  ],
  ['lang', { attributes: { 'xml:lang': language }, required: ['xml:lang'] }],
  ['mark', { attributes: { name: anyText }, required: ['name'], isEmpty: true }],
  [
    'phoneme',
    {
      attributes: {
        alphabet: oneOf(
          'ipa',
          'x-sampa',
          'x-amazon-jyutping',
          'x-amazon-pinyin',
          'x-amazon-pron-kana',
          'x-amazon-yomigana',
        ),
        ph: anyText,
      },
      required: ['alphabet', 'ph'],
    },
  ],
  [
    'prosody',
    {
      attributes: {
        volume,
        rate,
        pitch: { ...pitch, engines: ['Standard'] },
        'amazon:max-duration': { ...duration, engines: ['Standard'] },
      },
      atLeastOneOf: ['volume', 'rate', 'pitch', 'amazon:max-duration'],
    },
  ],
  [
    'say-as',
    {
      attributes: {
        'interpret-as': oneOf(
          'characters',
          'spell-out',
          'cardinal',
          'number',
          'ordinal',
          'digits',
          'fraction',
          'unit',
          'date',
          'time',
          'address',
          'expletive',
          'telephone',
        ),
        format: {
          ...oneOf('mdy', 'dmy', 'ymd', 'md', 'dm', 'ym', 'my', 'd', 'm', 'y', 'yyyymmdd'),
          isRead: (attributes) => attributes.get('interpret-as') === 'date',
        },
      },
      required: ['interpret-as'],
    },
  ],
  ['sub', { attributes: { alias: anyText }, required: ['alias'] }],
  ['w', { attributes: { role }, required: ['role'] }],
  [
    'amazon:effect',
    {
      attributes: { name: oneOf('whispered') },
      required: ['name'],
      engines: ['Standard'],
      isPassedOn: (attributes) =>
        !['phonation', 'vocal-tract-length'].some((other) => attributes.has(other)) &&
        attributes.get('name') !== 'drc',
    },
  ],
  [
    'amazon:domain',
    { attributes: { name: oneOf('news', 'conversational') }, required: ['name'], engines: ['Neural'] },
  ],
]);
