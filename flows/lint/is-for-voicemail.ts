import type { FlowDocument } from '../language/document.ts';
import { isLikeOurs } from './attribute-guess.ts';
import { attributeUse } from './attribute-use.ts';

/** Whether the flow sets or reads an attribute of voicemails, also a misspelled one. */
export function isForVoicemail({ Actions: actions }: FlowDocument): boolean {
  const { set, read, flowSet, flowRead } = attributeUse(actions);
  return [...set, ...read, ...flowSet, ...flowRead].some(isLikeOurs);
}
