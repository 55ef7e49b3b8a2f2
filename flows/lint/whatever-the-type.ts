import type { FlowType } from '../language/document.ts';
import type { Finding } from './finding.ts';

const SEVERITIES = ['note', 'warning', 'error'] as const;

/**
 * What is found in a flow of any of these types, each at its mildest. What is found only in some of them is not
 * claimed: one note asks for the type, where it matters.
 */
export function whateverTheType(
  types: readonly FlowType[],
  findingsFor: (type: FlowType) => readonly Finding[],
): readonly Finding[] {
  const all = types.map((type) => ({ type, findings: findingsFor(type) }));
  const [first, ...others] = all;
  if (!first) return [];
  const shared = first.findings.flatMap((finding) => {
    const same = others.map(({ findings }) => findings.find((other) => isSame(finding, other)));
    return same.includes(undefined)
      ? []
      : [mildest([finding, ...same.filter((other) => other !== undefined)])];
  });
  const onlyIn = all.flatMap(({ type, findings }) => {
    const rules = findings
      .filter((finding) => !shared.some((other) => isSame(finding, other)))
      .map(({ rule }) => rule);
    return rules.length === 0 ? [] : [`${type} (${[...new Set(rules)].join(', ')})`];
  });
  return onlyIn.length === 0 ? shared : [...shared, typeWanted(types, onlyIn)];
}

function typeWanted(types: readonly FlowType[], onlyIn: readonly string[]): Finding {
  return {
    severity: 'note',
    rule: 'flow-type',
    message:
      `The file does not say what type of flow this is; by its actions it may be ${types.join(', ')}. More would be ` +
      `reported for ${onlyIn.join(', ')}. Say the type with --type.`,
  };
}

function isSame(one: Finding, other: Finding): boolean {
  return one.action === other.action && one.rule === other.rule && matterOf(one) === matterOf(other);
}

/** Rules of ours find one thing at an action; publishing has many reasons. */
function matterOf({ message, rule }: Finding): string {
  return rule === 'refused-at-publishing' ? withoutType(message) : rule;
}

function withoutType(message: string): string {
  return message.replace(/ as [A-Z_]+:/, ':');
}

function mildest(findings: readonly Finding[]): Finding {
  const severity = SEVERITIES.find((one) => findings.some((finding) => finding.severity === one));
  const [finding] = findings.filter((one) => one.severity === severity);
  if (!finding) throw new Error('no finding to choose from');
  const isOfOneType = findings.length === 1;
  return isOfOneType ? finding : { ...finding, message: withoutType(finding.message) };
}
