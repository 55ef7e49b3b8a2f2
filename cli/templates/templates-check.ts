import type { EmailTemplate } from '../../src/domain/email/email.ts';
import { inWords, tryTemplate } from '../../src/domain/email/email-template.ts';
import { checkTemplate } from '../../src/domain/email/email-template-check.ts';
import { RefusedError, UsageError } from '../command.ts';
import type { Part, Parts } from './templates-input.ts';
import { sampleVariables } from './templates-sample.ts';

/** Every way in which a template cannot be used, a line each: `mail.html, line 3, column 5: …`. */
export function problemsIn(parts: Parts): readonly string[] {
  return partsOf(parts).flatMap(({ template, where }) => {
    const { problems = [] } = tryTemplate(template, sampleVariables('queue'), String);
    return problems.map((problem) => `${where}, ${inWords(problem)}`);
  });
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

export function partsOf({ subject, html, text }: Parts): readonly Part[] {
  return [subject, html, text].filter((part) => part !== undefined);
}
