import { partsOfTemplate, problemsIn, variablesOf } from '../../../templates/templates-check.ts';
import type { Parts } from '../../../templates/templates-input.ts';
import { isIn, meantVariable, sampleVariables } from '../../../templates/templates-sample.ts';
import { warningsIn } from '../../../templates/templates-warnings.ts';
import type { Check, Finding } from '../../check.ts';
import { emailTemplate } from '../../facts/email-template.ts';
import type { Look } from '../../look.ts';

const API = 'ses:GetEmailTemplate';

export const emailTemplates: Check = {
  id: 'email-templates',
  lane: 'mail',
  title: 'whether the email templates of the settings can be used',
  async run(look) {
    const { queueTemplate, agentTemplate } = look.config.email ?? {};
    const given = [
      { setting: 'email.queueTemplate', name: queueTemplate },
      { setting: 'email.agentTemplate', name: agentTemplate },
    ];
    const names = new Set(given.flatMap(({ name }) => name ?? []));
    const found = await Promise.all(
      [...names].map((name) => {
        const settings = given.filter((one) => one.name === name).map(({ setting }) => setting);
        return findingsOn({ name, settings }, look);
      }),
    );
    return found.flat();
  },
};

interface NamedTemplate {
  readonly name: string;
  /** `email.queueTemplate` */
  readonly settings: readonly string[];
}

async function findingsOn(named: NamedTemplate, look: Look): Promise<readonly Finding[]> {
  const template = await emailTemplate(named.name, look);
  if (template === undefined) return [missing(named, look)];
  const parts = partsOfTemplate(template);
  return [...unusable(named, parts), ...doubtful(named, parts), ...attributes(named, parts)];
}

const OUR_OWN = 'Recipients: their mails are by our own template, with a note that theirs cannot be used.';

function missing({ name, settings }: NamedTemplate, { home }: Look): Finding {
  return {
    severity: 'warning',
    certainty: 'certain',
    what: `${settings.join(' and ')} is "${name}", and Amazon SES has no such template in ${home.region}.`,
    suffers: OUR_OWN,
    evidence: [{ api: API, saw: `${name}: NotFoundException` }],
    remedy: `Run "npx vmx templates create ${name} …", or correct the setting: "npx vmx templates list" shows those that there are.`,
  };
}

function unusable({ name, settings }: NamedTemplate, parts: Parts): readonly Finding[] {
  const [first, ...others] = problemsIn(parts);
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [
    {
      severity: 'warning',
      certainty: 'certain',
      what: `The template "${name}" of ${settings.join(' and ')} cannot be filled.`,
      suffers: OUR_OWN,
      evidence: [{ api: API, saw: `${first}${more}` }],
      remedy: `Run "npx vmx templates preview ${name}", which lists every place, and correct it with "npx vmx templates update ${name} …".`,
    },
  ];
}

/** What can be filled, but is probably meant otherwise. */
function doubtful({ name }: NamedTemplate, parts: Parts): readonly Finding[] {
  const warnings = warningsIn(parts);
  if (warnings.length === 0) return [];
  return [
    {
      severity: 'warning',
      certainty: 'likely',
      what: `The template "${name}" is probably not filled as its author meant it.`,
      suffers: 'Recipients: they read a dash, a gap, or the name of a variable.',
      evidence: [{ api: API, saw: warnings.join(' ') }],
      remedy: `Correct it with "npx vmx templates update ${name} …".`,
    },
  ];
}

/** A name that is not ours is an attribute, which only the calls of this contact center show. */
function attributes({ name }: NamedTemplate, parts: Parts): readonly Finding[] {
  const sample = sampleVariables('queue', {});
  const named = variablesOf(parts).filter((one) => !isIn(sample, one) && meantVariable(one) === undefined);
  if (named.length === 0) return [];
  return [
    {
      severity: 'note',
      certainty: 'likely',
      what: `The template "${name}" names variables that are there only if a flow sets attributes of these names: ${inBraces(named)}.`,
      suffers: 'Recipients: they read a dash in its place.',
      evidence: [{ api: API, saw: inBraces(named) }],
      remedy:
        'Set contact attributes of these names before the voicemail module, or take the variables out. docs/delivery-email.md lists ours.',
    },
  ];
}

function inBraces(names: readonly string[]): string {
  return names.map((name) => `{{${name}}}`).join(', ');
}
