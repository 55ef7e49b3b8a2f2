import { ALIASES } from '../../src/domain/email/email-aliases.ts';
import { inWords } from '../../src/domain/email/email-template.ts';
import { checkTemplate, type VariableUse } from '../../src/domain/email/email-template-check.ts';
import { placeAt, type TemplateProblem } from '../../src/domain/email/email-template-syntax.ts';
import { placeholdersIn } from './placeholders.ts';
import { partsOf } from './templates-check.ts';
import type { Parts } from './templates-input.ts';
import { meantVariable } from './templates-sample.ts';

const NO_VARIABLE =
  'no variable is in it, so each mail says the same. Variables are written as in {{transcript}} and {{link}}; docs/delivery-email.md lists them.';

/**
 * What can be filled, but probably not as its author expects, a line each: `mail.html, line 3, column 5: …`. None for
 * a template that cannot be used.
 */
export function warningsIn(parts: Parts): readonly string[] {
  const given = partsOf(parts);
  const checks = given.map(({ template }) => checkTemplate(template));
  if (checks.some(({ problems }) => problems.length > 0)) return [];
  const hasVariables = checks.some(({ variables }) => variables.length > 0);
  return [
    ...given.flatMap(({ template, where }) =>
      warningsOn(template).map((warning) => `${where}, ${inWords(warning)}`),
    ),
    ...(hasVariables ? [] : [NO_VARIABLE]),
  ];
}

function warningsOn(template: string): readonly TemplateProblem[] {
  const { variables, warnings } = checkTemplate(template);
  const all = [
    ...warnings,
    ...variables.flatMap(warningOnName),
    ...placeholdersIn(template),
    ...lostLettersIn(template),
  ];
  return all.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function warningOnName({ name, line, column }: VariableUse): readonly TemplateProblem[] {
  if (Object.hasOwn(ALIASES, name) && ALIASES[name] === undefined) {
    return [{ line, column, why: `{{${name}}} is always empty: there is nothing like it yet` }];
  }
  const meant = meantVariable(name);
  if (meant === undefined) return [];
  const why = `{{${name}}} is an attribute that your flow must set. Did you mean {{${meant}}}?`;
  return [{ line, column, why }];
}

/** Signs that stand for letters which an earlier program could not read. */
function lostLettersIn(template: string): readonly TemplateProblem[] {
  const index = template.indexOf('\uFFFD');
  if (index === -1) return [];
  return [
    { ...placeAt(template, index), why: 'a letter was lost here when the text was converted (U+FFFD)' },
  ];
}
