/** The view's inputs, by the ids of its components. Each is HTML. */
export const VIEW_INPUTS = [
  'heading',
  'note',
  'player',
  'caller',
  'recipient',
  'received',
  'duration',
  'summary',
  'transcript',
] as const;

export type ViewInput = (typeof VIEW_INPUTS)[number];

/** The buttons, as a flow tells them apart. The player works for minutes only; `Reload` makes it work again. */
export const CLOSE_ACTION = 'Close';
export const RELOAD_ACTION = 'Reload';

export interface BuiltView {
  readonly name: string;
  readonly description: string;
  readonly actions: readonly string[];
  /** The `Template` of AWS::Connect::View: an object, not text. */
  readonly template: ViewTemplate;
}

interface ViewTemplate {
  readonly Head: {
    readonly Title: string;
    readonly Configuration: { readonly Layout: { readonly Columns: string } };
  };
  readonly Body: readonly ViewComponent[];
}

interface ViewComponent {
  readonly _id: string;
  readonly Type: 'Button' | 'Container' | 'ExpandableSection' | 'Header' | 'TemplateStringComponent';
  readonly Props: Readonly<Record<string, string | boolean>>;
  readonly Content: readonly (ViewComponent | string)[];
  readonly Configuration?: { readonly Layout: { readonly Columns: number } };
}

/** Of the twelve that a view is wide. */
const HALF = 6;
const QUARTER = 3;

/**
 * What an agent sees of a voicemail, in addition to its task: the player, who called whom and when, what was
 * said.
 */
export function agentGuideView(): BuiltView {
  return {
    name: 'Voicemail',
    description: 'A voicemail: player, caller, recipient, time, transcript.',
    actions: [RELOAD_ACTION, CLOSE_ACTION],
    template: {
      Head: { Title: 'Voicemail', Configuration: { Layout: { Columns: '12' } } },
      Body: [
        input('heading'),
        container('recording', HALF, [
          heading('recording_title', 'Recording'),
          input('player'),
          input('note'),
        ]),
        container('attribute_bar', HALF, [
          ...fact('caller', 'Caller'),
          ...fact('recipient', 'For'),
          ...fact('received', 'Received'),
          ...fact('duration', 'Duration'),
        ]),
        {
          _id: 'transcript_section',
          Type: 'ExpandableSection',
          Props: { header: 'Transcript', variant: 'default' },
          Content: [input('summary'), input('transcript')],
        },
        button('reload', RELOAD_ACTION),
        button('close', CLOSE_ACTION),
      ],
    },
  };
}

/** A component that shows what the flow gives the view under its id. */
function input(id: ViewInput, columns?: number): ViewComponent {
  return {
    _id: id,
    Type: 'TemplateStringComponent',
    Props: { TemplateString: `$.${id}.TemplateString` },
    Content: [],
    ...(columns !== undefined && { Configuration: { Layout: { Columns: columns } } }),
  };
}

function button(id: string, action: string): ViewComponent {
  return {
    _id: id,
    Type: 'Button',
    Props: { Action: action },
    Content: [action],
    Configuration: { Layout: { Columns: QUARTER } },
  };
}

function heading(id: string, text: string): ViewComponent {
  return { _id: id, Type: 'Header', Props: { variant: 'h2', description: '' }, Content: [text] };
}

function fact(id: ViewInput, label: string): readonly ViewComponent[] {
  const text: ViewComponent = {
    _id: `${id}_label`,
    Type: 'TemplateStringComponent',
    Props: { TemplateString: `<div><strong>${label}</strong></div>` },
    Content: [],
    Configuration: { Layout: { Columns: QUARTER } },
  };
  return [text, input(id, 12 - QUARTER)];
}

function container(id: string, columns: number, content: readonly ViewComponent[]): ViewComponent {
  return {
    _id: id,
    Type: 'Container',
    Props: { HideBorder: false },
    Content: content,
    Configuration: { Layout: { Columns: columns } },
  };
}
