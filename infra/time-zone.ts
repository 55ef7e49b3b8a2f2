import { editDistance } from '../flows/lint/edit-distance.ts';

/**
 * Whether a setting may name this time zone: one of a region, `Area/City` or `Area/Region/City`, spelled as
 * in the IANA Time Zone Database, or `UTC`.
 *
 * Older names of that form, such as `US/Eastern` and `Asia/Calcutta`, are allowed: IANA keeps
 * them as links to today's. Abbreviations and offsets are not, though Node knows many of them:
 * `EST` is Panama, which has no summer time, `IST` is India but also Ireland and Israel, and
 * `Etc/GMT+5` is five hours behind UTC.
 *
 * Source: IANA, "Theory and pragmatics of the tz code and data", Timezone identifiers.
 */
export function isRegionTimeZone(name: string): boolean {
  if (name === 'UTC' || name === 'Etc/UTC') return true;
  if (!AREA.test(name) || resolved(name) === undefined) return false;
  const listed = LISTED.find((known) => known.toLowerCase() === name.toLowerCase());
  return listed === undefined ? name.split(/[/_-]/).every((word) => WORD.test(word)) : listed === name;
}

/** The zone that was probably meant by a name that is not allowed; undefined if there is nothing like it. */
export function meantTimeZone(name: string): string | undefined {
  const wanted = plain(name).replace(SPELT_OUT, '');
  const city = wanted.split('/').at(-1) ?? '';
  if (wanted === '') return undefined;
  const [, american] = AMERICAN.exec(wanted) ?? [];
  if (american !== undefined) return resolved(`US/${american}`);
  const zones = candidates();
  const known = zones.find((zone) => plain(zone) === wanted) ?? regionOf(name);
  if (known !== undefined) return known;
  const ofCity = zones.filter((zone) => plain(zone).endsWith(`/${city}`));
  return ofCity.length > 0 ? only(ofCity) : nearest(wanted, zones);
}

/** Areas of IANA's zones, and those of its older names for the zones of five countries. */
const AREA =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Indian|Mexico|Pacific|US)\//;

/** A word of a name that Node does not list, because it is another name of a listed zone: `Ho`, `BajaSur`. */
const WORD = /^(?:(?:[A-Z][a-z]+)+|ACT|LHI|NSW|IN|US)$/;

/** Every zone under one of its names, for some of them an older one. */
const LISTED: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Today's names of zones that Node lists under an older one. */
const RENAMED = [
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
] as const;

/**
 * Every zone under today's name. Made when a name is wrong, not before: Node keeps half a megabyte for each zone that
 * it is asked about.
 */
function candidates(): readonly string[] {
  const older = new Set(RENAMED.map((name) => resolved(name)));
  return ['UTC', ...RENAMED, ...LISTED.filter((zone) => !older.has(zone))];
}

/** `Eastern Standard Time`, `pacific time` */
const SPELT_OUT = /_(?:standard_|daylight_|summer_)?time$/;

/** What people of the United States call their zones; IANA's older names for them begin with `US/`. */
const AMERICAN = /^(?:us_)?(eastern|central|mountain|pacific|alaska|arizona|hawaii)$/;

/** How many letters may be wrong in a name with an area, and in that of a city alone. */
const LIKELY_MISTYPED = { withArea: 2, cityAlone: 1 };
/** Letters alone, enough of them to be more than an abbreviation. */
const MISTYPED = /^[a-z_/]{5,}$/;

/** The region of names such as `Japan` and `EST5EDT`; not of abbreviations, which several regions share. */
function regionOf(name: string): string | undefined {
  if (!/^[A-Z]{3}\d[A-Z]{3}$|^(?!GMT).*[A-Za-z]{4}|^Etc\/[A-Z]+$/.test(name)) return undefined;
  const zone = resolved(name);
  return zone !== undefined && isRegionTimeZone(zone) ? zone : undefined;
}

function nearest(wanted: string, zones: readonly string[]): string | undefined {
  if (!MISTYPED.test(wanted)) return undefined;
  const hasArea = wanted.includes('/');
  const distances = zones.map((zone) => {
    const known = plain(zone);
    return [zone, editDistance(wanted, hasArea ? known : (known.split('/').at(-1) ?? ''))] as const;
  });
  const least = Math.min(...distances.map(([, distance]) => distance));
  if (least > (hasArea ? LIKELY_MISTYPED.withArea : LIKELY_MISTYPED.cityAlone)) return undefined;
  return only(distances.filter(([, distance]) => distance === least).map(([zone]) => zone));
}

function only([first, ...others]: readonly string[]): string | undefined {
  return others.length === 0 ? first : undefined;
}

/** The name under which Node has a zone; undefined for one that it does not know. */
function resolved(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function plain(name: string): string {
  return name
    .trim()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ _-]+/g, '_');
}
