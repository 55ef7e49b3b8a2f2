import { jsonPathsIn } from '../language/json-path.ts';
import { textsIn } from '../language/texts-in.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Amazon Connect administrator guide, "Flow block: Play prompt": a longer one takes the error branch. */
const LONGEST_TEXT_CHARACTERS = 6000;

/** Texts that are too long to be spoken. SSML has its own check. */
export function textFindings({ flow }: Subject): readonly Finding[] {
  return flow.Actions.flatMap(({ Identifier: action, Parameters: parameters }) =>
    textsIn(parameters)
      .filter(({ path, text }) => path.at(-1) === 'Text' && isTooLong(text))
      .map(({ text }) => ({
        severity: 'error' as const,
        action,
        rule: 'text-too-long',
        message:
          `The text has ${text.length} characters, and ${LONGEST_TEXT_CHARACTERS} are the most: callers hear nothing ` +
          'of it, and the flow takes its error branch. Split it into several prompts.',
      })),
  );
}

/** By what is written down. Paths may be filled with nothing. */
function isTooLong(text: string): boolean {
  const paths = jsonPathsIn(text).reduce((sum, path) => sum + path.text.length, 0);
  return text.length - paths > LONGEST_TEXT_CHARACTERS;
}
