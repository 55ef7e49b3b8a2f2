import { type Check, LANES } from './check.ts';

const LIST = /(<!-- checks -->\n)[^]*?(?=\n<!-- end of checks -->)/;

/** Returns the document with a new list of checks, between `<!-- checks -->` and its end. */
export function withChecks(document: string, checks: readonly Check[]): string {
  const list = LANES.flatMap((lane) => {
    const own = checks.filter((check) => check.lane === lane);
    return own.length === 0 ? [] : [`### ${capitalized(lane)}`, '', ...own.map(lineOf), ''];
  });
  return document.replace(LIST, (_, mark: string) => `${mark}\n${list.join('\n')}`);
}

function lineOf({ id, title }: Check): string {
  return `- ${title}\n  (\`${id}\`)`;
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
