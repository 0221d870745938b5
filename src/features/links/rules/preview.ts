/**
 * Programs that open links so that a chat can show a picture of them, and those that walk the web. LINE's own calls itself
 * "facebookexternalhit/1.1;line-poker/1.0"; its in-app browser, which is a person, "… Line/15.0.0".
 */
const FETCHERS =
  /line-poker|facebookexternalhit|facebot|slackbot|twitterbot|discordbot|whatsapp|telegrambot|skypeuripreview|linkedinbot|applebot|googlebot|google-safety|bingbot|bingpreview|yandex|baiduspider|bot\b|crawl|spider|preview|headless|curl\/|wget\/|python-|okhttp|go-http-client|node-fetch|undici/i

/** Headers by which browsers say that nobody has asked for the page yet. */
const AHEAD = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'] as const

/** Whether a person did not ask for a page: a HEAD, a program that looks at links, a browser that fetches ahead. */
export function isPreview(method: string, header: (name: string) => string | undefined): boolean {
  if (method !== 'GET') return true
  if (AHEAD.some((name) => /prefetch|preview|prerender/i.test(header(name) ?? ''))) return true
  const agent = header('user-agent') ?? ''
  // Every browser says who it is.
  return agent === '' || FETCHERS.test(agent)
}
