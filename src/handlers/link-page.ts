import { createHash } from 'node:crypto';

/** The page for people whose link does not open a recording. It says nothing about any voicemail. */
const PAGES = {
  notALink: {
    status: 403,
    heading: 'This link does not work',
    advice:
      'Perhaps a part of it is missing: please open it again from where you got it. If that does not help, ask an administrator.',
  },
  over: {
    status: 410,
    heading: 'This recording can no longer be played',
    advice: 'The link has run out or was withdrawn. If you still need the recording, ask an administrator.',
  },
  archived: {
    status: 409,
    heading: 'This recording is archived',
    advice:
      'It cannot be played from the archive. Ask an administrator to have it restored, which takes some hours.',
  },
  restoring: {
    status: 409,
    heading: 'This recording is being restored',
    advice: 'It was archived, and somebody has asked for it. Please open the link again in some hours.',
  },
  cannotWrite: {
    status: 405,
    heading: 'This link can only be opened',
    advice: 'Please open it in a browser.',
    headers: { allow: 'GET, HEAD' },
  },
  tryAgain: {
    status: 503,
    heading: 'The recording cannot be played just now',
    advice: 'Please try again in a minute. If that does not help, tell an administrator.',
    headers: { 'retry-after': '60' },
  },
} as const;

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #56636f; --paper: #fff; --ground: #eef1f4; --line: #d5dbe1 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef1f4; --soft: #aab4be; --paper: #1d242c; --ground: #12171c; --line: #333d47 }
}
body { min-height: 100vh; min-height: 100dvh; margin: 0; display: grid; place-items: center; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { box-sizing: border-box; width: min(28rem, 100vw - 2rem); padding: 2rem 1.75rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.35rem; line-height: 1.3; text-wrap: balance }
p { margin: 0; color: var(--soft) }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Browsers must not keep a link or pass it on to a site, and search engines must not index it. The page
 * loads and runs nothing, and cannot be shown in a frame.
 */
export const LINK_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** A function URL's answer: one plain page, also for phones and dark mode. */
export function linkPage(kind: keyof typeof PAGES) {
  const { status, heading, advice, ...more } = PAGES[kind];
  return {
    statusCode: status,
    headers: {
      ...LINK_HEADERS,
      ...('headers' in more && more.headers),
      'content-type': 'text/html; charset=utf-8',
    },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Voicemail</title>
<style>${STYLE}</style>
</head>
<body><main><h1>${heading}</h1><p>${advice}</p></main></body>
</html>
`,
  };
}
