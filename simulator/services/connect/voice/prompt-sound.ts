import type { World } from '../world.ts';
import type { Prompt } from './voice.ts';

/** How a tone is told, by whatever it is made. */
const TONE_HEARD = '(tone)';

/** The tone that SSML makes of an expletive. */
const TONE_MS = 1000;

/** Measured: three voices of a synthesizer take five prompts of ours at 14.3 to 15.5 characters a second. */
const CHARACTERS_PER_SECOND = 15;

/** `<break/>` without a time: about as long as between sentences. */
const BREAK_MS = 400;

/** Amazon Polly refuses SSML with longer ones. Source: Amazon Polly Developer Guide, "Adding a Pause". */
const LONGEST_BREAK_MS = 10_000;

/** A stretch of a prompt. One that says nothing is a break. */
export interface Sound {
  readonly says?: string;
  readonly lengthMs: number;
}

export type PromptSound =
  | { readonly kind: 'sound'; readonly sounds: readonly Sound[] }
  /** Amazon Connect would not play it either, and the flow takes its error branch. */
  | { readonly kind: 'unplayable'; readonly reason: string };

/**
 * What the caller hears of a prompt, and for how long. Words on both sides of a
 * break are one stretch, a tone is a stretch of its own.
 */
export function soundOf(
  prompt: Exclude<Prompt, { kind: 'media' }>,
  { prompts, instanceArn }: World,
): PromptSound {
  switch (prompt.kind) {
    case 'text':
      return { kind: 'sound', sounds: joined([spoken(prompt.text)]) };
    case 'ssml':
      return ssmlSound(prompt.ssml);
    case 'prompt': {
      const found = prompts.find(({ id }) => [id, `${instanceArn}/prompt/${id}`].includes(prompt.promptId));
      if (!found) return unplayable(`the instance has no recorded prompt ${prompt.promptId}`);
      return { kind: 'sound', sounds: [{ says: found.says, lengthMs: found.lengthMs }] };
    }
  }
}

function ssmlSound(ssml: string): PromptSound {
  const [, content] = /^\s*<speak\b[^>]*>([^]*)<\/speak>\s*$/.exec(ssml) ?? [];
  if (content === undefined) return unplayable('SSML that is not between <speak> and </speak>');
  const sounds = parts(content).map(soundOfPart);
  const isTooLong = sounds.some(({ says, lengthMs }) => says === undefined && lengthMs > LONGEST_BREAK_MS);
  if (isTooLong) return unplayable(`a break in SSML of more than ${LONGEST_BREAK_MS / 1000} s`);
  return { kind: 'sound', sounds: joined(sounds) };
}

/** Expletives with all that is in them, tags, and the words between. */
function parts(content: string): readonly string[] {
  return content.match(/<say-as\b[^>]*"expletive"[^>]*>.*?<\/say-as>|<[^>]*>|[^<]+/gs) ?? [];
}

function soundOfPart(part: string): Sound {
  if (part.startsWith('<say-as') && part.endsWith('</say-as>'))
    return { says: TONE_HEARD, lengthMs: TONE_MS };
  if (part.startsWith('<break')) return { lengthMs: breakMs(part) };
  return part.startsWith('<') ? { lengthMs: 0 } : spoken(unescaped(part));
}

/** `<break time="1.5s"/>`, `<break time="300ms"/>` */
function breakMs(tag: string): number {
  const [, amount, unit] = /time="([\d.]+)(ms|s)"/.exec(tag) ?? [];
  return amount === undefined ? BREAK_MS : Math.round(Number(amount) * (unit === 's' ? 1000 : 1));
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

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => characters[name] ?? whole);
}

function unplayable(reason: string): PromptSound {
  return { kind: 'unplayable', reason };
}
