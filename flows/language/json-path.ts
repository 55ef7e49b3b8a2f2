/**
 * How much of a parameter may be computed: nothing (`static`), all of it by one path
 * (`single`), or any mixture of text and paths (`dynamic`).
 */
export type ParameterClass = 'static' | 'single' | 'dynamic';

/**
 * What a path is known to begin with. The service refuses a root that it does not have when a flow is published;
 * new ones come with new blocks, so this list is not complete.
 */
const PATH_ROOTS = [
  'AdditionalEmailRecipients',
  'Agent',
  'Attributes',
  'AwsRegion',
  'Campaign',
  'Case',
  'Channel',
  'ContactId',
  'Customer',
  'CustomerCallBackPhoneNumber',
  'CustomerEndpoint',
  'CustomerId',
  'DataTableList',
  'DataTables',
  'Description',
  'Email',
  'External',
  'FlowAttributes',
  'InitialContactId',
  'InitiationMethod',
  'InstanceARN',
  'LambdaInvocation',
  'LanguageCode',
  'Lex',
  'Media',
  'MediaStreams',
  'Metrics',
  'Modules',
  'Name',
  'PreviousContactId',
  'Queue',
  'References',
  'RelatedContactId',
  'SegmentAttributes',
  'StoredCustomerInput',
  'SystemEndpoint',
  'Tags',
  'Task',
  'TextToSpeechVoiceId',
  'Views',
  'Wisdom',
] as const;

/** A path in a text: as written, and the names on the way, the root first. */
export interface JsonPath {
  readonly text: string;
  readonly keys: readonly string[];
}

const KEY = String.raw`\.[\p{L}\p{N}_-]+|\['[^']+'\]|\["[^"]+"\]|\[\d+\]`;
const PATH = new RegExp(String.raw`\$(?:${KEY})+`, 'gu');

/**
 * The paths in a text, in order: `$.Attributes.name`, `$['Attributes']['my key']`, or a mixture.
 * A dollar before anything but a name is text; `$.50` is a path, as it is for the service.
 */
export function jsonPathsIn(text: string): readonly JsonPath[] {
  return [...text.matchAll(PATH)].map(([path]) => ({ text: path, keys: keysOf(path) }));
}

/** What is left of a text when its paths are taken out. */
export function withoutPaths(text: string): string {
  return text.replaceAll(PATH, '');
}

/** The least class of parameter that can hold the text. */
export function classOf(text: string): ParameterClass {
  const paths = jsonPathsIn(text);
  if (paths.length === 0) return 'static';
  return paths.length === 1 && paths[0]?.text === text ? 'single' : 'dynamic';
}

/** Whether the service knows the path's root. */
export function hasKnownRoot({ keys: [root] }: JsonPath): boolean {
  return PATH_ROOTS.some((known) => known === root);
}

function keysOf(path: string): string[] {
  return [...path.matchAll(new RegExp(KEY, 'gu'))].map(([key]) => key.replace(/^\.|^\["?'?|'?"?\]$/g, ''));
}
