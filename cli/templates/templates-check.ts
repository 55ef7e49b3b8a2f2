import type { EmailTemplate } from '../../src/domain/email/email.ts';
import { fillTemplate } from '../../src/domain/email/email-template.ts';
import { checkTemplate } from '../../src/domain/email/email-template-check.ts';
import { PermanentError } from '../../src/domain/errors.ts';
import { RefusedError, UsageError } from '../command.ts';
import type { Part, Parts } from './templates-input.ts';
import { meantVariable, sampleVariables } from './templates-sample.ts';

/** Every way in which a template cannot be used, a line each: `mail.html, line 3, column 5: …`. */
export function problemsIn(parts: Parts): readonly string[] {
  return partsOf(parts).flatMap(({ template, where }) => {
    const { problems } = checkTemplate(template);
    if (problems.length === 0) return trialOf(template).map((why) => `${where}: ${why}`);
    return problems.map(({ line, column, why }) => `${where}, line ${line}, column ${column}: ${why}`);
  });
}

/** Problems that only appear when a template is filled: it calls itself, gets too long or loops too often. */
function trialOf(template: string): readonly string[] {
  try {
    fillTemplate(template, sampleVariables('queue'), String);
    return [];
  } catch (error) {
    if (error instanceof PermanentError) return [error.message];
    throw error;
  }
}

/** Throws RefusedError with all problems; `advice` ends it. */
export function refuseUnusable(parts: Parts, advice = ''): void {
  const problems = problemsIn(parts);
  if (problems.length === 0) return;
  throw new RefusedError(
    ['the template cannot be used:', ...problems.map((line) => `  ${line}`), advice].join('\n').trimEnd(),
  );
}

/** Variables that a template names anywhere, each once. */
export function variablesOf(parts: Parts): readonly string[] {
  const uses = partsOf(parts).flatMap(({ template }) => checkTemplate(template).variables);
  return [...new Set(uses.map(({ name }) => name))];
}

/** Probable typing errors: `{{calller}}: did you mean {{caller}}?` */
export function slipsIn(parts: Parts): readonly string[] {
  return variablesOf(parts).flatMap((name) => {
    const meant = meantVariable(name);
    return meant === undefined
      ? []
      : [`{{${name}}} is an attribute that your flow must set. Did you mean {{${meant}}}?`];
  });
}

/** Throws UsageError if SES would refuse it as a template. */
export function wholeTemplate({ subject, html, text }: Parts): EmailTemplate {
  if (subject === undefined) throw new UsageError('a template needs a subject: --subject TEXT');
  if (!html?.template && !text?.template) {
    throw new UsageError('a template needs a part: --html FILE, --text FILE or both');
  }
  return {
    subject: subject.template,
    ...(html?.template && { html: html.template }),
    ...(text?.template && { text: text.template }),
  };
}

/** A template that is stored, or ours, with words for its parts. */
export function partsOfTemplate({ subject, html, text }: EmailTemplate): Parts {
  return {
    subject: { template: subject, where: 'the subject' },
    ...(html && { html: { template: html, where: 'the HTML part' } }),
    ...(text && { text: { template: text, where: 'the text part' } }),
  };
}

function partsOf({ subject, html, text }: Parts): readonly Part[] {
  return [subject, html, text].filter((part) => part !== undefined);
}
