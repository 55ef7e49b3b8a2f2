/** The screen of an agent who is guided, as the flow of the guide sees it. */
export interface GuideScreen {
  /** Shows a view until the agent acts, the time is up, or `signal` is aborted. */
  readonly show: (
    view: {
      readonly viewId: string;
      /** The view's own content, with `$.…` for what `data` fills in. */
      readonly content: unknown;
      /** What the flow gives the view. */
      readonly data: Readonly<Record<string, unknown>>;
    },
    options: { readonly signal: AbortSignal; readonly withinMs: number },
  ) => Promise<ViewAnswer>;
}

export type ViewAnswer =
  | {
      readonly kind: 'acted';
      readonly action: string;
      readonly submitted: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'time-out' }
  | { readonly kind: 'stopped' };
