import type { SsmlElement } from '../../../../flows/language/ssml/ssml-element.ts';
import { readSsml } from '../../../../flows/language/ssml/read-ssml.ts';
import { placeOf, ssmlProblems } from '../../../../flows/language/ssml/ssml-problems.ts';
import { durationMsIn } from '../../../../flows/language/ssml/ssml-values.ts';
import type { World } from '../world.ts';
import type { Prompt } from './voice.ts';

/** How every kind of tone is written. */
const TONE_HEARD = '(tone)';

/** The tone that replaces an expletive in SSML. */
const TONE_MS = 1000;

/** Measured: three voices of a synthesizer take five prompts of ours at 14.3 to 15.5 characters a second. */
const CHARACTERS_PER_SECOND = 15;

/** `<break/>` without a time: about as long as between sentences. */
const BREAK_MS = 400;

/** A stretch of a prompt. One that says nothing is a break. */
export interface Sound {
  readonly says?: string;
  readonly lengthMs: number;
}

export type PromptSound =
  | { readonly kind: 'sound'; readonly sounds: readonly Sound[] }
  /** Amazon Connect cannot play it either, and the flow takes its error branch. */
  | { readonly kind: 'unplayable'; readonly reason: string };

/**
 * The sounds of a prompt, and how long they take. Words on both sides of a break are one stretch, a tone is
 * a stretch of its own.
 */
export function soundOf(
  prompt: Exclude<Prompt, { kind: 'media' }>,
  { prompts, instanceArn }: World,
): PromptSound {
  switch (prompt.kind) {
    case 'text':
      return { kind: 'sound', sounds: joined([spoken(prompt.text)]) };
    case 'ssml':
      return ssmlSound(prompt);
    case 'prompt': {
      const found = prompts.find(({ id }) => [id, `${instanceArn}/prompt/${id}`].includes(prompt.promptId));
      if (!found) return unplayable(`the instance has no recorded prompt ${prompt.promptId}`);
      return { kind: 'sound', sounds: [{ says: found.says, lengthMs: found.lengthMs }] };
    }
  }
}

/**
 * Amazon Connect sends SSML to Amazon Polly after its paths were replaced. So a caller's name can make it
 * invalid.
 */
export function ssmlSound({ ssml, engine }: Extract<Prompt, { kind: 'ssml' }>): PromptSound {
  const refused = ssmlProblems(ssml, { engine }).find(({ outcome }) => outcome === 'refused');
  if (refused) return unplayable(`SSML, ${placeOf(refused)}: ${refused.message}`);
  const read = readSsml(ssml);
  if (read.kind === 'broken') return unplayable(`SSML: ${read.message}`);
  return { kind: 'sound', sounds: joined(soundsOf(read.root)) };
}

/** Unknown tags are left out, and the words in them are said. */
function soundsOf({ name, attributes, children }: SsmlElement): readonly Sound[] {
  const alias = attributes.get('alias');
  if (name === 'break') return [{ lengthMs: breakMs(attributes) }];
  if (name === 'sub' && alias !== undefined) return [spoken(alias)];
  if (name === 'say-as' && attributes.get('interpret-as') === 'expletive') {
    return [{ says: TONE_HEARD, lengthMs: TONE_MS }];
  }
  return children.flatMap((child) => (typeof child === 'string' ? [spoken(child)] : soundsOf(child)));
}

function breakMs(attributes: ReadonlyMap<string, string>): number {
  const time = attributes.get('time');
  if (time !== undefined) return durationMsIn(time) ?? BREAK_MS;
  return /^(?:none|x-weak)$/.test(attributes.get('strength') ?? '') ? 0 : BREAK_MS;
}

function spoken(text: string): Sound {
  const says = text.replaceAll(/\s+/g, ' ').trim();
  return says === ''
    ? { lengthMs: 0 }
    : { says, lengthMs: Math.ceil((says.length / CHARACTERS_PER_SECOND) * 1000) };
}

function joined(sounds: readonly Sound[]): readonly Sound[] {
  const result: Sound[] = [];
  let pauseMs = 0;
  const pause = () => {
    if (pauseMs > 0) result.push({ lengthMs: pauseMs });
    pauseMs = 0;
  };
  for (const { says, lengthMs } of sounds) {
    const before = result.at(-1);
    if (says === undefined) {
      pauseMs += lengthMs;
    } else if (says === TONE_HEARD || before?.says === undefined || before.says === TONE_HEARD) {
      pause();
      result.push({ says, lengthMs });
    } else {
      result[result.length - 1] = {
        says: `${before.says} ${says}`,
        lengthMs: before.lengthMs + pauseMs + lengthMs,
      };
      pauseMs = 0;
    }
  }
  pause();
  return result;
}

function unplayable(reason: string): PromptSound {
  return { kind: 'unplayable', reason };
}
