import { loadOf, USUALLY } from '../cli/scale/load.ts';
import { percent, settingFor, shown } from '../cli/scale/report.ts';
import { QUOTAS, quotaUses, type QuotaUse, wishFor } from '../cli/scale/quotas.ts';

const PER_DAY = [10, 1000, 10_000, 100_000, 1_000_000];

/** The document with its tables of quotas written again, each after the comment that names it. */
export function withScale(document: string): string {
  let text = document;
  const tables = {
    tasks: used('task'),
    mails: used('email'),
    quotas: quotas(),
    wishes: wishes(),
    met: met(),
  };
  for (const [name, written] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(?=<!-- end of ${name} -->)`);
    text = text.replace(place, (_, mark: string) => `${mark}\n${written}\n\n`);
  }
  return text;
}

function usesAt(mode: 'task' | 'email', voicemailsPerDay: number): readonly QuotaUse[] {
  return quotaUses(loadOf({ ...USUALLY, voicemailsPerDay, mode, isAttached: false }));
}

/** How much of each quota is used, by voicemails a day. */
function used(mode: 'task' | 'email'): string {
  const columns = PER_DAY.map((perDay) => usesAt(mode, perDay));
  const all = columns.at(-1) ?? [];
  const shownUses = all.filter(({ service }) => mode === 'task' || service === 'Amazon SES');
  const rows = shownUses.map(({ short, name, metAtPerDay }) => [
    short,
    ...columns.map((uses) => percent(uses.find((use) => use.name === name)?.used ?? 0)),
    Math.round(metAtPerDay).toLocaleString('en-US'),
  ]);
  const setting = PER_DAY.map((voicemailsPerDay) => {
    const load = loadOf({ ...USUALLY, voicemailsPerDay, mode, isAttached: false });
    return [shown(load.perSecond), String(settingFor(load))] as const;
  });
  const more = [
    ['**in the busiest hour, a second**', ...setting.map(([rate]) => rate), ''],
    ['**`voicemailsPerSecond`**', ...setting.map(([, set]) => set), ''],
  ];
  const head = ['Quota', ...PER_DAY.map((perDay) => perDay.toLocaleString('en-US')), 'met at a day'];
  return table(head, mode === 'task' ? [...rows, ...more] : rows);
}

function quotas(): string {
  const rows = QUOTAS.map(({ short, service, name, usual, unit, of, raisedBy, certainty }) => [
    short,
    raisedBy === 'Service Quotas' ? `${service.replace(/^(?:Amazon|AWS) /, '')}: ${name}` : `(${raisedBy})`,
    `${usual.toLocaleString('en-US')}${unit === 'a second' ? '/s' : ` ${unit}`}, ${of}`,
    certainty,
  ]);
  return table(['Quota', 'In Service Quotas', 'by default, of', ''], rows);
}

/** What to ask for, by voicemails a day. */
function wishes(): string {
  const perDay = [10_000, 100_000, 1_000_000];
  const columns = perDay.map((count) => [...usesAt('task', count), ...usesAt('email', count)]);
  const rows = QUOTAS.map(({ short, name, usual, raisedBy }) => [
    short,
    ...columns.map((uses) => {
      const use = uses.find((one) => one.name === name);
      const wish = use ? wishFor(use) : usual;
      if (wish <= usual) return '–';
      return raisedBy === 'shards' ? `${Math.ceil(wish / usual)} shards` : wish.toLocaleString('en-US');
    }),
  ]).filter((row) => row.some((cell, index) => index > 0 && cell !== '–'));
  return table(['Quota', ...perDay.map((count) => count.toLocaleString('en-US'))], rows);
}

function met(): string {
  return table(
    ['Quota', 'If it is used up'],
    QUOTAS.map(({ short, ifMet }) => [short, ifMet]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
