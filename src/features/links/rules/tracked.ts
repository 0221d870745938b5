/** Addresses that act inside LINE, which sees them only when they are what the button opens. */
const LINES_OWN = /(^|\.)line\.me$/

/** Whether a link can lead by us: it opens a page, on a server that is not LINE's. "tel:" and "line:" can't. */
export function canBeTracked(target: string): boolean {
  if (!URL.canParse(target)) return false
  const { protocol, hostname } = new URL(target)
  return protocol === 'https:' && !LINES_OWN.test(hostname)
}
