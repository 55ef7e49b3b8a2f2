import { compareVersions } from '../doctor/lanes/stack/version-differs.ts';

/** One version in the changelog. */
interface Section {
  /** `0.3.0`, or `Unreleased`. */
  readonly version: string;
  /** Without its heading. */
  readonly text: string;
}

/** The first version whose stacks say which one they are, in the output `Version`. */
const FIRST_THAT_SAYS = '0.2.0';

/**
 * What the changelog says of the versions after `deployed`. Undefined: that stack does not say its version, so it is
 * older than all that do.
 */
export function sectionsSince(changelog: string, deployed: string | undefined): readonly Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const [version = ''] = heading.replaceAll(/[[\]]/g, '').split(/\s/);
      return { version, text: lines.join('\n').trim() };
    })
    .filter(({ version }) => isNewer(version, deployed));
}

function isNewer(version: string, deployed: string | undefined): boolean {
  if (!/^\d/.test(version)) return true;
  return deployed === undefined
    ? compareVersions(version, FIRST_THAT_SAYS) >= 0
    : compareVersions(version, deployed) > 0;
}

/** What an administrator has to do: each sentence after `**Do:**`, with what it is about. */
interface Duty {
  readonly version: string;
  readonly does: string;
  readonly about: string;
}

export function dutiesIn(sections: readonly Section[]): readonly Duty[] {
  return sections.flatMap(({ version, text }) =>
    entriesIn(text).flatMap((entry) => {
      const [about = '', ...does] = entry.split('**Do:**').map((part) => part.trim());
      return does.map((one) => ({ version, about, does: one }));
    }),
  );
}

/** The entries of lists, one line each. */
function entriesIn(text: string): readonly string[] {
  const [, ...entries] = text.split(/^- /m);
  return entries.map((entry) => {
    const [own = ''] = entry.split(/^#/m);
    return own.replaceAll(/\s+/g, ' ').trim();
  });
}

/** For a terminal: first what is to be done, then all that has changed. */
export function changelogText(sections: readonly Section[]): string {
  const duties = dutiesIn(sections);
  return [
    duties.length === 0 ? 'Nothing has to be done.' : 'What you have to do:',
    ...duties.map(({ version, does, about }) => `  ${version}  Do: ${does}\n         ${about}`),
    '',
    'What has changed:',
    ...sections.map(({ version, text }) => `\n${version}\n\n${text.replaceAll('**', '')}`),
  ].join('\n');
}
