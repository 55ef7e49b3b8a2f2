import { z } from 'zod';

const Layout = z.looseObject({ Layout: z.looseObject({ Columns: z.coerce.number().int().min(1).max(12) }) });

const Props = z.looseObject({
  TemplateString: z.string().optional(),
  Action: z.string().optional(),
  header: z.string().optional(),
});

interface Component {
  readonly Type: string;
  readonly Props: z.infer<typeof Props>;
  readonly Content: readonly (Component | string)[];
  readonly Configuration?: z.infer<typeof Layout> | undefined;
}

const Component: z.ZodType<Component> = z.lazy(() =>
  z.looseObject({
    Type: z.string(),
    Props: Props.default({}),
    Content: z.array(z.union([Component, z.string()])).default([]),
    Configuration: Layout.optional(),
  }),
);

const View = z.looseObject({
  Head: z.looseObject({ Title: z.string() }),
  Body: z.array(Component),
});

const COLUMNS = 12;

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif }
  body { max-width: 960px; margin: 24px auto; padding: 0 16px }
  .row { display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr); gap: 8px 16px; align-items: start }
  .box { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 12px; padding: 12px 16px }
  h1, h2 { font-size: 1.15rem; margin: 0 0 8px } summary { font-weight: 600; cursor: pointer }
  audio { width: 100% } button { font: inherit; padding: 6px 16px; border-radius: 16px; border: 1px solid currentColor; background: none; color: inherit }`;

/**
 * A guide's view, with its data filled in, as a page for a browser: about what an agent sees. Components
 * that are not known are named, not drawn.
 *
 * What a TemplateStringComponent holds is markup, here as in the workspace: it is for
 * the code that fills in the data to let nothing of the caller's become markup.
 *
 * Throws a ZodError if it is not a view.
 */
export function guidePage(rendered: unknown): string {
  const { Head, Body } = View.parse(rendered);
  const title = escaped(Head.Title);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${STYLE}</style>
<body><h1>${title}</h1>${row(Body)}</body></html>
`;
}

function row(components: Component['Content']): string {
  return `<div class="row">${components.map(cell).join('\n')}</div>`;
}

function cell(component: Component | string): string {
  if (typeof component === 'string') return escaped(component);
  const columns = component.Configuration?.Layout.Columns ?? COLUMNS;
  return `<div style="grid-column: span ${columns}">${drawn(component)}</div>`;
}

function drawn({ Type, Props: props, Content }: Component): string {
  switch (Type) {
    case 'TemplateStringComponent':
      return props.TemplateString ?? '';
    case 'Header':
      return `<h2>${Content.map(cell).join('')}</h2>`;
    case 'Container':
      return `<div class="box">${row(Content)}</div>`;
    case 'ExpandableSection':
      return `<details open class="box"><summary>${escaped(props.header ?? '')}</summary>${row(Content)}</details>`;
    case 'Button':
      return `<button type="button">${Content.map(cell).join('')}</button>`;
    default:
      return `<em>${escaped(Type)}</em>${row(Content)}`;
  }
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
