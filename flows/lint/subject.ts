import type { FlowDocument, FlowType } from '../language/document.ts';
import type { FlowGraph } from './flow-graph.ts';
import type { RecordingWalk } from './recording-walk.ts';

/** A flow, prepared for the rules. */
export interface Subject {
  readonly flow: FlowDocument;
  readonly type: FlowType;
  readonly graph: FlowGraph;
  readonly walk: RecordingWalk;
  /** Names of contact attributes that are spelled correctly, in addition to those of this product. */
  readonly ownAttributes: readonly string[];
}
