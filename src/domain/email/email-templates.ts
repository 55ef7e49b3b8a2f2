import type { EmailTemplate } from './email.ts';

/**
 * The templates that are used if none was chosen, or the chosen one cannot be used.
 *
 * Mail clients determine their form: tables and inline styles for Outlook and Gmail, a style sheet only for
 * optional things (dark mode, narrow screens), no pictures, 600 pixels at most. Long words break, or a
 * phone's screen would scroll sideways. `ses:no-track` keeps SES from rewriting a link; SES removes it.
 */
export function defaultTemplate(recipient: 'agent' | 'queue'): EmailTemplate {
  const whose = WHOSE[recipient];
  return {
    subject: 'Voicemail from {{caller}} for {{recipient}}',
    html: html(whose),
    text: text(whose),
  };
}

const WHOSE = { agent: 'New voicemail for you', queue: 'New voicemail for {{recipient}}' } as const;

/** Also true if the mail goes to a deputy or to the fallback address. */
const WHY = 'You get this mail because a caller left a message for {{recipient}}.';

/** A warning against passing the link on. */
const LINK_NOTE =
  '{{#if link}}Everybody who has the link can listen to the message, as long as the recording is kept.{{/if}}';

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (max-width: 480px) {
    .inside { padding-left: 20px !important; padding-right: 20px !important; }
  }
  @media (prefers-color-scheme: dark) {
    .page { background: #11151c !important; }
    .card { background: #1c222c !important; border-color: #0b6bcb #333c4a #333c4a !important; }
    .strong, .strong a { color: #f2f5f9 !important; }
    .soft, .soft a { color: #a3afbf !important; }
    .line { border-color: #333c4a !important; }
    .quote { background: #252d39 !important; }
    .note { background: #3a2f12 !important; color: #ffe3a3 !important; border-color: #d99a1c !important; }
    .second { border-color: #5c6b80 !important; }
  }`;

const row = (name: string, value: string) => `
            <tr>
              <td class="soft" style="${FONT};font-size:14px;line-height:22px;color:#5b6675;padding:3px 16px 3px 0;white-space:nowrap;vertical-align:top">${name}</td>
              <td class="strong" width="100%" style="${FONT};font-size:14px;line-height:22px;color:#17202c;padding:3px 0;vertical-align:top">${value}</td>
            </tr>`;

const BUTTON = `${FONT};display:inline-block;font-size:16px;line-height:20px;font-weight:600;text-decoration:none;padding:12px 22px;border-radius:8px`;

const html = (whose: string) => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no">
<title>Voicemail from {{caller}}</title>
<style>${STYLE}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f5">
<table class="page" ${TABLE} style="background:#eef1f5">
<tr><td align="center" style="padding:24px 12px">
  <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
  <table class="card" ${TABLE} style="max-width:600px;background:#ffffff;border:1px solid #d9dfe7;border-top:4px solid #0b6bcb;border-radius:12px;word-break:break-word;overflow-wrap:anywhere">
    <tr><td class="inside" style="padding:28px 36px 0">
      <p class="soft" style="${FONT};margin:0 0 6px;font-size:14px;line-height:20px;color:#5b6675">${whose} from</p>
      <h1 class="strong" dir="auto" style="${FONT};margin:0;font-size:24px;line-height:32px;font-weight:700;color:#17202c">{{caller}}</h1>
    </td></tr>
    {{#if note}}
    <tr><td class="inside" style="padding:20px 36px 0">
      <table ${TABLE}><tr><td class="note" dir="auto" style="${FONT};font-size:14px;line-height:21px;color:#5c4306;background:#fff6df;border-left:4px solid #e0a526;border-radius:6px;padding:12px 16px;white-space:pre-line">{{note}}</td></tr></table>
    </td></tr>
    {{/if}}
    {{#if link}}
    <tr><td class="inside" style="padding:22px 36px 0">
      <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="#0b6bcb" style="background:#0b6bcb;border-radius:8px">
        <a ses:no-track href="{{link}}" style="${BUTTON};color:#ffffff">&#9654;&#xFE0E;&nbsp; Play message{{#if duration}} &middot; {{duration}}{{/if}}</a>
      </td></tr></table>
    </td></tr>
    {{/if}}
    <tr><td class="inside" style="padding:24px 36px 0">
      <table ${TABLE}><tr><td class="quote" style="background:#f4f6f9;border-radius:8px;padding:16px 18px">
        <p class="soft" style="${FONT};margin:0 0 6px;font-size:12px;line-height:16px;font-weight:600;letter-spacing:.04em;text-transform:uppercase;color:#5b6675">Message</p>
        <p class="strong" dir="auto" style="${FONT};margin:0;font-size:16px;line-height:25px;color:#17202c;white-space:pre-line">{{transcript}}</p>
      </td></tr></table>
    </td></tr>
    <tr><td class="inside" style="padding:20px 36px 0">
      <table ${TABLE}>{{#if customer_by_number}}${row('Customer', '{{customer_by_number}}, by this number')}
            {{/if}}${row('Received', '{{time}}')}${row('Length', '{{duration}}')}${row('For', '{{recipient}}')}
      </table>
    </td></tr>
    {{#if callback_number}}
    <tr><td class="inside" style="padding:20px 36px 0">
      <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="second" style="border:1px solid #aeb9c7;border-radius:8px">
        <a class="strong" ses:no-track href="tel:{{callback_number}}" style="${BUTTON};color:#17202c">Call back {{caller}}</a>
      </td></tr></table>
    </td></tr>
    {{/if}}
    <tr><td class="inside" style="padding:24px 36px 26px">
      <p class="soft line" style="${FONT};margin:0;padding-top:16px;border-top:1px solid #e3e8ee;font-size:12px;line-height:19px;color:#5b6675">${WHY} ${LINK_NOTE}<br>Contact {{contact_id}}</p>
    </td></tr>
  </table>
  <!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;

const text = (whose: string) => `${whose}

From:      {{caller}}
{{#if customer_by_number}}
Customer:  {{customer_by_number}}, by this number
{{/if}}
{{#if callback_number}}
Call back: {{callback_number}}{{#if callback_extension}} ext. {{callback_extension}}{{/if}}
{{/if}}
Received:  {{time}}
Length:    {{duration}}
For:       {{recipient}}
{{#if note}}

Please note:
{{note}}
{{/if}}

Message:
{{transcript}}
{{#if link}}

Play the message:
{{link}}
{{/if}}

--
${WHY}
${LINK_NOTE}
Contact {{contact_id}}
`;
