/** A tag with what stands in it. */
export interface SsmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Where its `<` stands, in UTF-16 units from the beginning of the text. */
  readonly offset: number;
  /** Texts have their entities and CDATA sections resolved. */
  readonly children: readonly (SsmlElement | string)[];
}

/** Something in a text that is wrong: where, and in words what to do about it. */
export interface SsmlFault {
  readonly offset: number;
  readonly message: string;
}
