/**
 * What networks, exchanges and telephones send instead of a number that the caller withheld, or that was not
 * transmitted. How often Amazon Connect passes each of these on is not known: AWS documents no value, and
 * none was seen in a real account.
 */

/**
 * Words, spelled with the digits of a telephone's keys, and the country whose code these digits happen to
 * begin with. The table has only spellings that are not valid numbers.
 *
 * Source: Twilio support, article 223179988, "Why am I getting calls from these strange numbers?", as
 * public programs cite it. PRIVATE, WITHHELD and the first RESTRICTED are not from there, and spelled
 * in the same way.
 */
const KEYPAD_SPELLINGS: readonly string[] = [
  '266696687', // ANONYMOUS. Lesotho; numbers there have eight digits after the country code.
  '86282452253', // UNAVAILABLE. China, 28 245 2253: numbers of area 28 (Chengdu) have eight digits, not seven.
  '7378742833', // RESTRICTED. Russia; ten digits after the country code. After +1 it is a number in Texas.
  '7378742883', // RESTRICTED with one key wrong, as it is reported.
  '8656696', // UNKNOWN. China
  '2562533', // BLOCKED. Uganda
  '7748283', // PRIVATE. Kazakhstan
  '94844353', // WITHHELD. Sri Lanka
];

/** The digits of a number without its +1: a spelling of that length can be somebody's number. */
const NORTH_AMERICAN_DIGITS = 10;

/**
 * Hosts of anonymous SIP addresses, with any text before the @.
 *
 * Source: RFC 3323, 4.1.1; 3GPP TS 23.003, 13.6 "Anonymous User Identity", 13.7 "Unavailable
 * User Identity", 13.11 "Unknown User Identity".
 */
const NOBODYS_HOSTS: ReadonlySet<string> = new Set(['anonymous.invalid', 'unknown.invalid']);

/**
 * P: private, O: out of area.
 *
 * Source: ETSI EN 300 659-3, "Reason for Absence of Calling Line Identity".
 */
const REASON_CODE = /^[op]$/;

/** As `inPlainLetters` writes them: small letters without accents, one space between words. */
const ENGLISH =
  /^(?:(?:the )?(?:caller ?id|caller|call|number|id|name) )?(?:is )?(?:anonymous|private|restricted|unavailable|not available|unknown|withheld|blocked|hidden|out of area|suppressed)(?: (?:caller ?id|caller|call|number|id|name))?$/;

/**
 * What telephones and exchanges display, by language. Source: RFC 3323, 4.1.1 for "Anonymous";
 * the rest are labels of products and networks, which no standard lists.
 */
const LABELS: ReadonlySet<string> = new Set(
  [
    // English
    ['no caller id', 'no callerid', 'no number', 'no id', 'presentation restricted', 'number not disclosed'],
    ['no number available', 'not provided', 'anonymous number', 'unlisted number', 'user withheld'],
    // Source: 3GPP TS 24.008, 10.5.4.30, "Cause of No CLI"; "Unavailable" is one as well.
    ['coin line payphone', 'interaction with other service', 'reject by user'],
    // What programs write for a missing value.
    ['null', 'none', 'nil', 'undefined', 'n a', 'not applicable'],
    // German
    ['anonym', 'anonymer anruf', 'anonymer anrufer', 'unbekannt', 'unbekannter anrufer', 'unbekannte nummer'],
    ['unbekannte rufnummer', 'unbekannter teilnehmer', 'unterdrückt', 'nummer unterdrückt'],
    ['anonyme nummer', 'anonyme rufnummer', 'unterdrückter anruf', 'keine anruferkennung', 'verborgen'],
    ['rufnummer unterdrückt', 'unterdrückte nummer', 'unterdrückte rufnummer', 'keine nummer'],
    ['keine rufnummer', 'privat', 'private nummer', 'nicht verfügbar', 'nummer nicht verfügbar', 'geheim'],
    // French
    ['anonyme', 'appel anonyme', 'appelant anonyme', 'numéro anonyme', 'masqué', 'appel masqué'],
    ['numéro masqué', 'privé', 'appel privé', 'numéro privé', 'inconnu', 'appel inconnu', 'appelant inconnu'],
    ['inconnue', 'identité masquée', 'numéro non identifié', 'numéro confidentiel', 'confidentiel'],
    ['numéro inconnu', 'indisponible', 'numéro indisponible', 'non disponible', 'numéro caché'],
    // Spanish
    ['anónimo', 'llamada anónima', 'número anónimo', 'desconocido', 'número desconocido'],
    ['llamada desconocida', 'privado', 'número privado', 'llamada privada', 'oculto', 'número oculto'],
    ['llamada oculta', 'no disponible', 'número no disponible', 'restringido', 'número restringido'],
    ['sin identificar', 'sin número', 'sin id', 'id oculto', 'identidad oculta', 'número no identificado'],
    // Portuguese
    ['anônimo', 'chamada anónima', 'desconhecido', 'número desconhecido', 'confidencial'],
    [
      'número confidencial',
      'não disponível',
      'indisponível',
      'restrito',
      'número restrito',
      'não identificado',
    ],
    ['número não identificado', 'chamada privada', 'chamada anônima', 'chamada não identificada'],
    ['sem identificação', 'número restringido', 'número oculto', 'oculto', 'número bloqueado', 'bloqueado'],
    // Italian
    ['anonimo', 'chiamata anonima', 'numero anonimo', 'sconosciuto', 'numero sconosciuto', 'privato'],
    ['numero privato', 'nascosto', 'numero nascosto', 'riservato', 'numero riservato', 'non disponibile'],
    // Dutch
    ['anoniem', 'onbekend', 'onbekend nummer', 'onbekende beller', 'privénummer', 'privé nummer'],
    ['anonieme beller', 'verborgen nummer', 'nummer onbekend', 'geen nummerweergave'],
    ['afgeschermd', 'afgeschermd nummer', 'nummer afgeschermd', 'geheim nummer', 'niet beschikbaar'],
    // Swedish, Danish, Norwegian, Finnish
    ['okänd', 'okänt nummer', 'dolt nummer', 'skyddat nummer', 'hemligt nummer', 'ukendt', 'ukendt nummer'],
    ['hemmeligt nummer', 'ukjent', 'ukjent nummer', 'skjult', 'skjult nummer', 'tuntematon'],
    ['tuntematon numero', 'salainen numero'],
    ['okand', 'dold', 'dolt', 'skyddat', 'hemligt', 'salattu numero', 'ei numeroa'],
    // Turkish, Greek, Hungarian, Romanian, Croatian
    ['gizli numara', 'özel numara', 'bilinmeyen numara', 'bilinmeyen', 'gizli', 'άγνωστος', 'απόκρυψη'],
    ['άγνωστος αριθμός', 'απόρρητο', 'rejtett szám', 'ismeretlen', 'ismeretlen szám', 'privát szám'],
    ['număr ascuns', 'număr privat', 'număr necunoscut', 'necunoscut', 'skriveni broj', 'nepoznat broj'],
    // Arabic, Hebrew, Hindi
    ['رقم خاص', 'رقم محجوب', 'رقم مخفي', 'غير معروف', 'رقم غير معروف', 'مجهول', 'محجوب'],
    ['חסוי', 'מספר חסוי', 'לא ידוע', 'מספר לא מזוהה', 'निजी नंबर', 'अज्ञात', 'अज्ञात नंबर'],
    // Thai, Vietnamese, Indonesian and Malay
    ['ไม่ทราบ', 'หมายเลขส่วนตัว', 'không xác định', 'số riêng', 'số ẩn', 'nomor pribadi', 'nombor peribadi'],
    ['tidak diketahui'],
    // Polish, Czech, Russian, Ukrainian
    ['numer ukryty', 'ukryty numer', 'ukryty', 'prywatny', 'skrytý', 'soukromé', 'скрыт', 'скрытый'],
    ['неизвестно', 'анонимно', 'прихований номер', 'приховано', 'невідомий', 'невідомий номер'],
    ['nieznany', 'nieznany numer', 'numer nieznany', 'numer prywatny', 'numer zastrzeżony', 'zastrzeżony'],
    ['neznámé', 'neznámé číslo', 'skryté číslo', 'soukromé číslo', 'неизвестный', 'неизвестный номер'],
    ['номер скрыт', 'скрытый номер', 'номер не определен', 'частный номер'],
    // Japanese, Chinese, Korean
    [
      '非通知',
      '非通知設定',
      '番号非通知',
      '通知不可能',
      '表示圏外',
      '匿名',
      '未知',
      '未知号码',
      '未知來電',
      '私人号码',
    ],
    [
      '隐藏号码',
      '無法顯示號碼',
      '隱藏號碼',
      '未顯示號碼',
      '私人號碼',
      '匿名来电',
      '不明',
      '通知不可',
      '公衆電話',
    ],
    ['サービス競合', '発信者不明', '발신번호표시제한', '발신번호 표시제한', '발신자표시제한', '알 수 없음'],
  ]
    .flat()
    .map(inPlainLetters),
);

/** Whether the whole text is one of the above: nothing, a word, a code, a keypad spelling, or only zeros. */
export function isWithheld(text: string): boolean {
  const plain = inPlainLetters(text);
  return plain === '' || REASON_CODE.test(plain) || standsForWithheld(text);
}

/** The same for a part of an address: there, no text and single letters mean nothing. */
export function standsForWithheld(text: string): boolean {
  const plain = inPlainLetters(text);
  return ENGLISH.test(plain) || LABELS.has(plain) || isPlaceholder(text.replaceAll(/[\s().-]/g, ''));
}

export function isNobodysHost(host: string): boolean {
  return NOBODYS_HOSTS.has(host.toLowerCase());
}

/** Also after the +1 that North American networks add to a text that they take for a national number. */
const SPELLED: ReadonlySet<string> = new Set(
  KEYPAD_SPELLINGS.flatMap((digits) => [
    digits,
    `+${digits}`,
    ...(digits.length === NORTH_AMERICAN_DIGITS ? [] : [`+1${digits}`]),
  ]),
);

/** `+266696687`, `+1266696687`, `0`, `+10000000000`, `+100000000` */
function isPlaceholder(digits: string): boolean {
  return SPELLED.has(digits) || /^(?:\+?0+|\+?10{10}|\+10{3,14})$/.test(digits);
}

function inPlainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{So}]+/gu, ' ')
    .trim();
}
