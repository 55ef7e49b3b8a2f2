/** What a test lets others do at its end, as node:test’s context does. */
export interface Ending {
  readonly after: (close: () => unknown) => void;
}
